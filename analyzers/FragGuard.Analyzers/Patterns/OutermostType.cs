using System;
using System.Collections.Generic;
using System.Linq;
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
    public static IEnumerable<IOperation> Bodies(
        INamedTypeSymbol type, SourceBodies bodies, CancellationToken cancellation, Func<ISymbol, bool>? isOfUse = null)
    {
        foreach (ISymbol member in type.GetMembers())
        {
            if (isOfUse?.Invoke(member) == false)
                continue;
            IEnumerable<IOperation> inside = member switch
            {
                IMethodSymbol method => bodies.Of(method.PartialImplementationPart ?? method, cancellation) is { } body ? [body] : [],
                INamedTypeSymbol nested => Bodies(nested, bodies, cancellation, isOfUse),
                IFieldSymbol or IPropertySymbol => bodies.InitializerOf(member, cancellation) is { } value ? [value] : [],
                _ => Enumerable.Empty<IOperation>(),
            };
            foreach (IOperation body in inside)
                yield return body;
        }
    }
}
