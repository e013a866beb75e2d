using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>What the members of one type pin into fields, free from them and store in them.</summary>
internal sealed class PinningType
{
    private readonly ConcurrentBag<Pin> _pins = [];
    private readonly ConcurrentBag<(ISymbol Member, ISymbol By)> _frees = [];
    private readonly ConcurrentBag<(ISymbol Member, IOperation Value)> _stores = [];

    public void AddPin(Pin pin) => _pins.Add(pin);

    public void AddFree(ISymbol member, ISymbol by) => _frees.Add((member, by));

    public void AddStore(ISymbol member, IOperation value) => _stores.Add((member, value));

    /// <summary>The pins of ordinary arrays that last as long as the object or the type.</summary>
    public IEnumerable<(Pin Pin, IArrayCreationOperation Array)> LongPins()
    {
        foreach (Pin pin in _pins)
        {
            if (LastsWithItsOwner(pin) && ArrayOf(pin.Pinned, pin.Body) is { } array)
                yield return (pin, array);
        }
    }

    private bool LastsWithItsOwner(Pin pin) =>
        pin.By is not IMethodSymbol { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) }
            ? _frees.All(free => !Is(free.Member, pin.Place) || !Is(free.By, pin.By))
            : _frees.All(free => !Is(free.Member, pin.Place) || EndsTheObject(free.By));

    private static bool EndsTheObject(ISymbol method) =>
        method is IMethodSymbol { MethodKind: MethodKind.Destructor }
        || method.Name.IndexOf("Dispose", StringComparison.Ordinal) >= 0
        || method.Name is "Close" or "Finalize" or "ReleaseHandle";

    /// <summary>The only expression that makes the pinned array, or null when it may come from elsewhere.</summary>
    private IArrayCreationOperation? ArrayOf(IOperation pinned, IOperation body)
    {
        IOperation value = AssignedOnce.Resolve(Unwrapped(pinned), body);
        value = Unwrapped(value);
        if (value is IArrayCreationOperation created)
            return created;
        if (PinnedPlace.MemberOf(value) is not { } member || !IsSetHereOnly(member))
            return null;

        IOperation[] values = _stores.Where(store => Is(store.Member, member)).Select(store => Unwrapped(store.Value))
            .Where(stored => stored.ConstantValue is not { HasValue: true, Value: null }).ToArray();
        return values.Length == 1 ? AssignedOnce.Resolve(values[0], RootOf(values[0])) as IArrayCreationOperation : null;
    }

    private static IOperation Unwrapped(IOperation value) => value switch
    {
        IConversionOperation conversion => Unwrapped(conversion.Operand),
        ISimpleAssignmentOperation assignment => Unwrapped(assignment.Value),
        IInvocationOperation { TargetMethod.Name: "AsMemory", Arguments.Length: > 0 } view => Unwrapped(view.Arguments[0].Value),
        IObjectCreationOperation { Type.Name: "Memory" or "ReadOnlyMemory", Arguments.Length: > 0 } view =>
            Unwrapped(view.Arguments[0].Value),
        _ => value,
    };

    private static bool IsSetHereOnly(ISymbol member) => member switch
    {
        IFieldSymbol field => field.IsReadOnly || field.DeclaredAccessibility == Accessibility.Private,
        IPropertySymbol property => property.SetMethod is null or { DeclaredAccessibility: Accessibility.Private },
        _ => false,
    };

    private static IOperation RootOf(IOperation operation)
    {
        while (operation.Parent is not null)
            operation = operation.Parent;
        return operation;
    }

    private static bool Is(ISymbol symbol, ISymbol other) => SymbolEqualityComparer.Default.Equals(symbol, other);

    /// <summary>One handle kept in a member.</summary>
    /// <param name="Operation">The operation that pins.</param>
    /// <param name="Pinned">What it pins.</param>
    /// <param name="Place">The field or property that keeps the handle or the address.</param>
    /// <param name="By">The member whose code pins.</param>
    /// <param name="Body">The code that pins, down to its root.</param>
    internal sealed record Pin(IOperation Operation, IOperation Pinned, ISymbol Place, ISymbol By, IOperation Body)
    {
        public static Pin? From(IOperation operation, PinnedHandles handles, ISymbol by)
        {
            if (handles.PinnedBy(operation) is not { } pinned)
                return null;

            IOperation body = RootOf(operation);
            return PinnedPlace.Of(operation, body) is { } place ? new Pin(operation, pinned, place, by, body) : null;
        }
    }
}
