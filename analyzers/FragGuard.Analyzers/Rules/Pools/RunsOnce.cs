using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Members that run once for a program or an object, or as often as a test runner likes.</summary>
internal static class RunsOnce
{
    private static readonly HashSet<string> RunnerAttributes = new(StringComparer.Ordinal)
    {
        "FactAttribute", "TheoryAttribute",
        "TestAttribute", "TestCaseAttribute", "TestCaseSourceAttribute", "SetUpAttribute", "OneTimeSetUpAttribute",
        "TestMethodAttribute", "DataTestMethodAttribute", "TestInitializeAttribute", "ClassInitializeAttribute",
        "BenchmarkAttribute", "GlobalSetupAttribute", "IterationSetupAttribute",
    };

    public static bool Is(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor or MethodKind.StaticConstructor } => true,
        IMethodSymbol { IsStatic: true, Name: "Main" or "<Main>$" } => true,
        IMethodSymbol method => HasRunner(method),
        _ => true,
    };

    /// <summary>True for a method that a test or benchmark runner calls.</summary>
    public static bool HasRunner(IMethodSymbol method) => method.GetAttributes().Any(attribute =>
    {
        for (INamedTypeSymbol? type = attribute.AttributeClass; type is not null; type = type.BaseType)
        {
            // An attribute that cannot be found keeps the short name that was written.
            if (RunnerAttributes.Contains(type.Name) || RunnerAttributes.Contains(type.Name + "Attribute"))
                return true;
        }

        return false;
    });
}
