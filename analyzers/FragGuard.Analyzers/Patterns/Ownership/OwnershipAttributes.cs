using System;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What annotations say about ownership; read by name, so that every assembly may declare its own.</summary>
internal static class OwnershipAttributes
{
    /// <summary>The method's caller has to give back its result.</summary>
    public static bool Rents(IMethodSymbol method) =>
        Has(method.GetAttributes(), "RentsAttribute") || Has(method.GetReturnTypeAttributes(), "RentsAttribute");

    /// <summary>The method gives back its argument.</summary>
    public static bool Returns(IParameterSymbol parameter) => Has(parameter.GetAttributes(), "ReturnsToPoolAttribute");

    /// <summary>The method takes care of its argument from now on.</summary>
    public static bool TakesOver(IParameterSymbol parameter) => Has(parameter.GetAttributes(), "TakesOwnershipAttribute");

    private static bool Has(ImmutableArray<AttributeData> attributes, string name) =>
        attributes.Any(attribute => string.Equals(attribute.AttributeClass?.Name, name, StringComparison.Ordinal));
}
