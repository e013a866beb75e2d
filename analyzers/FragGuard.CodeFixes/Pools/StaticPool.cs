using System;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.CodeFixes.Pools;

/// <summary>Recognizes pools that all callers and threads can share, made of nothing that only one call knows.</summary>
internal static class StaticPool
{
    private const string ObjectPools = "Microsoft.Extensions.ObjectPool";

    public static bool CanBe(IOperation creation) => !NamesOneCall(creation) && creation switch
    {
        IInvocationOperation { TargetMethod: { IsStatic: true, Name: "Create" } method } call =>
            IsKnown(method.ContainingType, "System.Buffers", "ArrayPool", "ObjectPool")
            && call.Arguments.All(argument => IsSharable(argument.Value)),
        IObjectCreationOperation { Initializer: null, Type: { } type } made =>
            IsKnown(type, ObjectPools, "DefaultObjectPool") && made.Arguments.All(argument => IsSharable(argument.Value)),
        _ => false,
    };

    private static bool IsKnown(ITypeSymbol type, string space, params string[] names) =>
        names.Contains(type.Name, StringComparer.Ordinal)
        && type.ContainingNamespace?.ToDisplayString() is { } found
        && (string.Equals(found, space, StringComparison.Ordinal) || string.Equals(found, ObjectPools, StringComparison.Ordinal));

    /// <summary>A constant, a default, or one of the library's own policies, which keep no state of a call.</summary>
    private static bool IsSharable(IOperation value) => value switch
    {
        { ConstantValue.HasValue: true } => true,
        IConversionOperation conversion => IsSharable(conversion.Operand),
        IDefaultValueOperation => true,
        IObjectCreationOperation { Type: { } type } policy =>
            IsKnown(type, ObjectPools, "DefaultPooledObjectPolicy", "StringBuilderPooledObjectPolicy")
            && policy.Arguments.All(argument => IsSharable(argument.Value))
            && (policy.Initializer is null || policy.Initializer.Initializers.All(set =>
                set is ISimpleAssignmentOperation { Value.ConstantValue.HasValue: true })),
        _ => false,
    };

    /// <summary>A static field knows no local, no parameter and no type parameter of the method.</summary>
    private static bool NamesOneCall(IOperation creation) =>
        creation.DescendantsAndSelf().Any(part =>
            part is ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }
            || (part.Type is not null && HasMethodTypeParameter(part.Type)));

    private static bool HasMethodTypeParameter(ITypeSymbol type) => type switch
    {
        ITypeParameterSymbol parameter => parameter.TypeParameterKind == TypeParameterKind.Method,
        IArrayTypeSymbol array => HasMethodTypeParameter(array.ElementType),
        INamedTypeSymbol named => named.TypeArguments.Any(HasMethodTypeParameter),
        _ => false,
    };
}
