using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What calls and constructions do with the resources they are passed.</summary>
internal sealed class CallTransfer
{
    private readonly OwnershipTransfer _operations;
    private readonly SiteLedger _ledger;
    private readonly IOwnershipProtocol _protocol;
    private readonly CalleeOwnership _callees;
    private readonly HeldTypes _types;

    public CallTransfer(
        OwnershipTransfer operations, SiteLedger ledger, IOwnershipProtocol protocol, CalleeOwnership callees)
    {
        _operations = operations;
        _ledger = ledger;
        _protocol = protocol;
        _callees = callees;
        _types = protocol.Types;
    }

    public bool GivesBack(IInvocationOperation call) => _protocol.GivenBackBy(call) is not null;

    public bool Acquires(IOperation operation) => _protocol.Acquires(operation);

    public bool JudgesThrows => _callees.JudgesThrows;

    public Held EvaluateCall(IInvocationOperation call)
    {
        Held receiver = _operations.Evaluate(call.Instance);
        IOperation? givenBack = _protocol.GivenBackBy(call);
        if (givenBack is not null && givenBack == call.Instance)
            _ledger.Return(receiver, call);
        else
            _ledger.Use(receiver, call);
        if (receiver.Any && ExtensionBlocks.Declares(call.TargetMethod))
            PassReceiver(receiver, call);
        Held seen = _types.SeenBy(call.Type, receiver, call.Instance?.Type);
        Held passed = receiver;
        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Value == givenBack)
            {
                _ledger.Return(_operations.Evaluate(givenBack), call);
                continue;
            }

            if (argument.Parameter?.RefKind == RefKind.Out)
                continue;

            Held held = EvaluateArgument(argument, call);
            passed |= held;
            seen |= _types.SeenBy(call.Type, held, argument.Value.Type);
        }

        foreach (IArgumentOperation argument in call.Arguments)
        {
            if (argument.Parameter?.RefKind == RefKind.Out)
                _operations.Assign(argument.Value, _types.SeenBy(argument.Value.Type, passed, sourceType: null).AsGuess(), call);
        }

        if (_types.IsAddress && call.TargetMethod.RefKind != RefKind.None && RawPointers.IsByReference(call))
            _ledger.Lose(passed);
        if (_ledger.IsSite(call))
            return _ledger.Acquire(call);
        if (_types.IsCopyingMethod(call.TargetMethod))
            return Held.Nothing;
        return _types.IsViewMaker(call.TargetMethod) ? seen : seen.AsGuess();
    }

    public Held EvaluateCreation(IObjectCreationOperation creation)
    {
        Held seen = Held.Nothing;
        foreach (IArgumentOperation argument in creation.Arguments)
        {
            Held held = _operations.Evaluate(argument.Value);
            Held kept = _types.SeenBy(creation.Type, held, argument.Value.Type);
            _ledger.Use(held, creation);
            if (_types.IsView(creation.Type))
                seen |= kept;
            else if (argument.Value.Type is { IsRefLikeType: true })
                seen |= kept.AsGuess();
            else
                _ledger.Escape(kept, creation);
        }

        if (creation.Initializer is not null)
            _ledger.Escape(_operations.Evaluate(creation.Initializer), creation);
        return _protocol.Acquires(creation) ? _ledger.Acquire(creation) : seen;
    }

    private Held EvaluateArgument(IArgumentOperation argument, IInvocationOperation call)
    {
        Held held = _operations.Evaluate(argument.Value);
        if (!held.Any)
            return held;

        if (argument.Parameter is not { } parameter)
        {
            _ledger.Lose(held);
            return held;
        }

        if (parameter.RefKind is RefKind.Ref)
        {
            _ledger.Lose(held);
            _operations.Assign(argument.Value, Held.Nothing, call);
            return Held.Nothing;
        }

        _ledger.Use(held, call);
        if (call.TargetMethod.MethodKind == MethodKind.Constructor) // this(…) or base(…): the object may keep it.
            _ledger.Escape(_types.SeenBy(call.TargetMethod.ContainingType, held, argument.Value.Type), call);
        else if (HeldTypes.IsOpaque(parameter.OriginalDefinition.Type))
            _ledger.Escape(held, call);
        else
            Pass(held, parameter, call);
        return held;
    }

    private void PassReceiver(Held receiver, IInvocationOperation call)
    {
        if (_callees.ReceiverOf(call.TargetMethod) is not { RefKind: not RefKind.Ref } parameter)
            _ledger.Lose(receiver);
        else if (HeldTypes.IsOpaque(parameter.Type))
            _ledger.Escape(receiver, call);
        else
            Pass(receiver, parameter, call);
    }

    private void Pass(Held held, IParameterSymbol parameter, IInvocationOperation call)
    {
        switch (_callees.EffectOn(call.TargetMethod, parameter, isResource: held.Resources != 0))
        {
            case CalleeEffect.Returns:
                _ledger.Return(held, call, byCallee: true);
                break;
            case CalleeEffect.TakesOver:
                _ledger.Lose(held);
                break;
            default:
                break;
        }
    }
}
