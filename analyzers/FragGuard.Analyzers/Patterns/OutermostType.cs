using System;
using System.Collections.Generic;
using System.Threading;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns;

/// <summary>A type that no other type contains: who sees its private members, and the bodies that use them.</summary>
internal static class OutermostType
{
    public static INamedTypeSymbol? Of(ISymbol member)
    {
        INamedTypeSymbol? type = member as INamedTypeSymbol ?? member.ContainingType;
        while (type?.ContainingType is { } container)
            type = container;
        return type?.OriginalDefinition;
    }

    /// <summary>Bodies of all methods and accessors of the type and of those inside it.</summary>
    /// <param name="type">The type.</param>
    /// <param name="bodies">What binds them.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="isOfUse">False for members whose bodies are not asked for.</param>
    public static IReadOnlyList<IOperation> Bodies(
        INamedTypeSymbol type, SourceBodies bodies, CancellationToken cancellation, Func<ISymbol, bool>? isOfUse = null)
    {
        List<IOperation> found = [];
        Add(type, bodies, isOfUse, found, cancellation);
        return found;
    }

    private static void Add(
        INamedTypeSymbol type,
        SourceBodies bodies,
        Func<ISymbol, bool>? isOfUse,
        List<IOperation> found,
        CancellationToken cancellation)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (isOfUse?.Invoke(member) == false)
                continue;
            IOperation? body = null;
            if (member is INamedTypeSymbol nested)
                Add(nested, bodies, isOfUse, found, cancellation);
            else if (member is IMethodSymbol method)
                body = bodies.Of(method.PartialImplementationPart ?? method, cancellation);
            else if (member is IFieldSymbol or IPropertySymbol)
                body = bodies.InitializerOf(member, cancellation);
            if (body is not null)
                found.Add(body);
        }
    }
}
