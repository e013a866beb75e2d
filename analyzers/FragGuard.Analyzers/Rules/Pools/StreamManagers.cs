using System;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>
/// Creations of <c>RecyclableMemoryStreamManager</c>, and what bounds the buffers it keeps: constructor arguments and
/// properties of versions 1 to 3 of Microsoft.IO.RecyclableMemoryStream. A bound of 0, the default, is none.
/// </summary>
internal sealed class StreamManagers
{
    /// <summary>Methods that take something out of a manager.</summary>
    public static readonly ImmutableHashSet<string> Takes = ImmutableHashSet.Create(StringComparer.Ordinal, "GetStream");

    private static readonly ImmutableHashSet<string> BoundProperties = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "MaximumFreeSmallPoolBytes", "MaximumFreeLargePoolBytes", "MaximumSmallPoolFreeBytes", "MaximumLargePoolFreeBytes");

    private static readonly ImmutableHashSet<string> BoundParameters = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "maximumSmallPoolFreeBytes", "maximumLargePoolFreeBytes");

    private readonly INamedTypeSymbol _manager;
    private readonly INamedTypeSymbol? _options;

    private StreamManagers(INamedTypeSymbol manager, INamedTypeSymbol? options)
    {
        _manager = manager;
        _options = options;
    }

    public static StreamManagers? From(KnownSymbols symbols) =>
        symbols["Microsoft.IO.RecyclableMemoryStreamManager"] is { } manager
            ? new(manager, symbols["Microsoft.IO.RecyclableMemoryStreamManager+Options"])
            : null;

    public bool IsMadeBy(IObjectCreationOperation creation) => Is(creation.Type, _manager);

    /// <summary>True when nothing in the creation can bound the manager; false too for options that come from elsewhere.</summary>
    public bool IsUnbounded(IObjectCreationOperation creation, IOperation root) =>
        creation.Arguments.All(argument => !Bounds(argument, root))
        && (creation.Initializer is null || !creation.Initializer.Initializers.Any(IsBound));

    /// <summary>True for an assignment of anything but 0 to a property that bounds a manager.</summary>
    public bool IsBound(IOperation operation) =>
        operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: { } property } } assignment
        && BoundProperties.Contains(property.Name)
        && (Is(property.ContainingType, _manager) || Is(property.ContainingType, _options))
        && !IsZero(assignment.Value);

    private bool Bounds(IArgumentOperation argument, IOperation root)
    {
        if (!Is(argument.Parameter?.Type, _options))
            return argument.Parameter is { } parameter && BoundParameters.Contains(parameter.Name) && !IsZero(argument.Value);

        IOperation value = AssignedOnce.Resolve(argument.Value, root);
        return value is not IObjectCreationOperation options || !IsUnbounded(options, root);
    }

    private static bool IsZero(IOperation value) =>
        value.ConstantValue is { HasValue: true, Value: 0 or 0L }
        || (value is IConversionOperation conversion && IsZero(conversion.Operand));

    private static bool Is(ITypeSymbol? type, INamedTypeSymbol? other) =>
        other is not null && SymbolEqualityComparer.Default.Equals(type, other);
}
