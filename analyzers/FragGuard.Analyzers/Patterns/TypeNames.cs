using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns;

/// <summary>Full names of types and members without type arguments, to look up in tables of known API.</summary>
internal static class TypeNames
{
    private static readonly SymbolDisplayFormat Format = new(
        typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);

    private static readonly ConditionalWeakTable<INamedTypeSymbol, string> Known = new();

    public static string FullName(this ITypeSymbol type) => type.OriginalDefinition is INamedTypeSymbol named
        ? Known.GetValue(named, Shown)
        : type.OriginalDefinition.ToDisplayString(Format);

    public static string FullName(this IMethodSymbol method) =>
        method.ContainingType is null ? method.Name : $"{method.ContainingType.FullName()}.{method.Name}";

    private static string Shown(INamedTypeSymbol type) => type.ToDisplayString(Format);
}
