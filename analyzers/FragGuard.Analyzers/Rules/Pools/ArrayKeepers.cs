using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>Finds what still refers to an array when it is returned.</summary>
internal sealed class ArrayKeepers
{
    // Names of methods after which the object is not used any more.
    private static readonly string[] ClosingVerbs =
        [
        "Clean", "Close", "Complete", "Destroy", "Dispose", "End", "Finish", "Free", "Release", "Reset", "Return", "Shutdown", "Stop",
    ];

    private readonly OwnershipMember<ArrayPools> _member;
    private readonly IOperation _outermost;
    private List<(IAnonymousFunctionOperation Lambda, ISimpleAssignmentOperation Store, ArrayPlace Place)>? _closures;

    public ArrayKeepers(OwnershipMember<ArrayPools> member)
    {
        _member = member;
        _outermost = member.Body;
        while (_outermost.Parent is not null)
            _outermost = _outermost.Parent;
    }

    /// <summary>Who keeps the array that the call returns, and what to do; null when nobody can be named for certain.</summary>
    public (string Who, string Remedy)? KeeperAt(IInvocationOperation call)
    {
        IOperation array = _member.Protocol.GivenBackBy(call)!;
        return StoredPlace(call) ?? OwnPlace(array, call) ?? CallersVariable(array) ?? MethodResult(call) ?? StoredClosure(array, call);
    }

    /// <summary>The array, or a view of it, was stored in a place that nothing clears.</summary>
    private (string Who, string Remedy)? StoredPlace(IInvocationOperation call)
    {
        foreach (OwnershipEvent returned in ReturnsAt(call))
        {
            foreach (OwnershipEvent stored in _member.AllFacts.Events)
            {
                if (stored.Kind != OwnershipEventKind.Escaped || stored.Site != returned.Site || !stored.IsCertain
                    || stored.Operation is not ISimpleAssignmentOperation { IsRef: false } store
                    || stored.Operation.Syntax.SpanStart > call.Syntax.SpanStart
                    || ArrayPlace.From(store.Target) is not { } place)
                {
                    continue;
                }

                if (MayExclude(store, call) || place.IsChangedIn(_outermost, store, _member.Protocol.Bodies, _member.Cancellation))
                    continue;
                return (place.Description, "set it to null, or to another array, before the return");
            }
        }

        return null;
    }

    /// <summary>The array is read from a place of the object that the method leaves as it is.</summary>
    private (string Who, string Remedy)? OwnPlace(IOperation array, IInvocationOperation call)
    {
        IOperation source = AssignedOnce.Resolve(array, _member.Body);
        if (ArrayPlace.From(source) is not { IsElement: false } place || EndsTheObject(place.Member))
            return null;
        return place.IsChangedIn(_outermost, store: null, _member.Protocol.Bodies, _member.Cancellation) || Surroundings.Of(call, _member.Written) is null
            ? null
            : (place.Description, "move the array to a local, set the member to null, and return the local");
    }

    /// <summary>
    /// True for a method after which the object is not used any more, and for one that others complete: a private
    /// method, whose callers may clear the place, and the methods of a struct, which is copied and dropped.
    /// </summary>
    private bool EndsTheObject(ISymbol place)
    {
        if (_member.Owner is not IMethodSymbol method || place.IsStatic != method.IsStatic)
            return true;
        if (method.ContainingType.IsValueType || method.DeclaredAccessibility == Accessibility.Private)
            return true;
        return method.MethodKind is MethodKind.Destructor or MethodKind.Constructor or MethodKind.StaticConstructor
            || ClosingVerbs.Any(verb => method.Name.IndexOf(verb, StringComparison.Ordinal) >= 0)
            || method.ExplicitInterfaceImplementations.Any();
    }

    /// <summary>The caller passed its variable by reference and gets it back as it was.</summary>
    private (string Who, string Remedy)? CallersVariable(IOperation array)
    {
        if (array is not IParameterReferenceOperation { Parameter: { RefKind: RefKind.Ref } parameter })
            return null;

        bool isChanged = _outermost.DescendantsAndSelf().OfType<IParameterReferenceOperation>().Any(reference =>
            SymbolEqualityComparer.Default.Equals(reference.Parameter, parameter)
            && reference.Parent is IAssignmentOperation or ITupleOperation or IArgumentOperation { Parameter.RefKind: not RefKind.None }
                or IAddressOfOperation or IVariableInitializerOperation
            && !(reference.Parent is IAssignmentOperation assignment && assignment.Target != reference));
        return isChanged
            ? null
            : ($"the caller's variable behind 'ref {parameter.Name}'", "set the parameter to null before the return");
    }

    /// <summary>A finally block returns the array that the try block gives to the caller.</summary>
    private (string Who, string Remedy)? MethodResult(IInvocationOperation call)
    {
        if (Surroundings.Of(call, _member.Written) is not { Finally: { Parent: ITryOperation attempt }, IsUnconditional: true })
            return null;

        bool isResult = ReturnsAt(call).Any(returned => _member.AllFacts.Events.Any(given =>
            given.Kind == OwnershipEventKind.Escaped && given.Site == returned.Site && given.IsCertain && IsArrayOrView(given.Operation)
            && attempt.Body.Descendants().OfType<IReturnOperation>().Any(result =>
                result.ReturnedValue is { } value && value.Syntax == given.Operation.Syntax)));
        return isResult ? ("the caller, as the method's result,", "copy what the caller needs, or leave the return to it") : null;
    }

    /// <summary>False for what a constructor or another method made from the array, which may be a copy.</summary>
    private bool IsArrayOrView(IOperation value) => value switch
    {
        IConversionOperation conversion => IsArrayOrView(conversion.Operand),
        IObjectCreationOperation creation => _member.Protocol.Types.IsView(creation.Type),
        IInvocationOperation call => _member.Protocol.Types.IsViewMaker(call.TargetMethod),
        ILocalReferenceOperation or IParameterReferenceOperation or ITupleOperation => true,
        _ => false,
    };

    /// <summary>A delegate that was stored has captured the variable.</summary>
    private (string Who, string Remedy)? StoredClosure(IOperation array, IInvocationOperation call)
    {
        if (array is not ILocalReferenceOperation { Local: var local })
            return null;

        foreach ((IAnonymousFunctionOperation lambda, ISimpleAssignmentOperation store, ArrayPlace place) in _closures ??= StoredClosures())
        {
            if (lambda.Syntax.SpanStart > call.Syntax.SpanStart || !lambda.Descendants().Any(IsLocal))
                continue;

            bool isReassigned = _outermost.Descendants().Any(operation =>
                operation is ISimpleAssignmentOperation { Target: var assigned } && IsLocal(assigned)
                && operation.Syntax.SpanStart > lambda.Syntax.SpanStart);
            if (isReassigned || MayExclude(store, call) || place.IsChangedIn(_outermost, store, _member.Protocol.Bodies, _member.Cancellation))
                continue;
            return ($"the closure in {place.Description}", "clear it before the return, or copy what the closure needs");
        }

        return null;

        bool IsLocal(IOperation operation) =>
            operation is ILocalReferenceOperation other && SymbolEqualityComparer.Default.Equals(other.Local, local);
    }

    /// <summary>The lambdas that are assigned to a place.</summary>
    private List<(IAnonymousFunctionOperation Lambda, ISimpleAssignmentOperation Store, ArrayPlace Place)> StoredClosures()
    {
        List<(IAnonymousFunctionOperation Lambda, ISimpleAssignmentOperation Store, ArrayPlace Place)> stored = [];
        foreach (IAnonymousFunctionOperation lambda in _member.Body.Descendants().OfType<IAnonymousFunctionOperation>())
        {
            IOperation target = lambda;
            while (target.Parent is IDelegateCreationOperation or IConversionOperation)
                target = target.Parent;
            if (target.Parent is ISimpleAssignmentOperation store && ArrayPlace.From(store.Target) is { } place)
                stored.Add((lambda, store, place));
        }

        return stored;
    }

    private OwnershipEvent[] ReturnsAt(IInvocationOperation call) => _member.AllFacts.Events
        .Where(step => step.Kind == OwnershipEventKind.Returned && step.IsCertain && !step.IsPartial && step.Operation.Syntax == call.Syntax
            && (step.Before & OwnershipStates.Escaped) != OwnershipStates.None)
        .ToArray();

    /// <summary>True when both depend on conditions, which may be one and its opposite.</summary>
    private bool MayExclude(IOperation store, IInvocationOperation call) =>
        Surroundings.Of(call, _member.Written) is not { } returned
        || Surroundings.Of(store, _member.Written) is not { } stored
        || ((returned.Finally ?? returned.Handler) is not null && !returned.IsUnconditional)
        || (stored.ChoicesApartFrom(call).Any() && returned.ChoicesApartFrom(store).Any());
}
