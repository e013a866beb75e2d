using System.Linq;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Which values keep objects alive.</summary>
internal static class References
{
    private const int MostNesting = 16;

    /// <summary>True for a reference or a struct with one inside; false when a type parameter may be either.</summary>
    public static bool AreIn(ITypeSymbol type) => AreIn(type, MostNesting);

    private static bool AreIn(ITypeSymbol type, int nesting)
    {
        if (nesting == 0 || type.TypeKind == TypeKind.Error || type.IsUnmanagedType)
            return false;
        return type.IsReferenceType
            || (type.TypeKind == TypeKind.Struct
                && type.GetMembers().OfType<IFieldSymbol>().Any(field => !field.IsStatic && AreIn(field.Type, nesting - 1)));
    }
}
