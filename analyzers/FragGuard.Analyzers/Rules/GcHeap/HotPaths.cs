using System;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>Methods that an attribute calls hot; read by name, so that every assembly may declare its own.</summary>
internal static class HotPaths
{
    /// <summary>True for a marked method, and for every method, accessor and operator of a marked type; its constructors are not meant.</summary>
    public static bool Contain(ISymbol member)
    {
        if (member is not IMethodSymbol method)
            return false;
        if (IsMarked(method) || (method.AssociatedSymbol is { } property && IsMarked(property)))
            return true;
        return method.MethodKind is not (MethodKind.Constructor or MethodKind.StaticConstructor or MethodKind.Destructor)
            && method.ContainingType is { } type && IsMarked(type);
    }

    private static bool IsMarked(ISymbol symbol)
    {
        foreach (AttributeData attribute in symbol.GetAttributes())
        {
            if (string.Equals(attribute.AttributeClass?.Name, "HotPathAttribute", StringComparison.Ordinal))
                return true;
        }

        return false;
    }
}
