using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// What one operation does to the environment. Known shapes are borrows or moves; a shape that is not known loses track
/// of the resources in it, so that nothing is claimed about them.
/// </summary>
internal sealed class OwnershipTransfer
{
    private readonly SiteLedger _ledger;
    private readonly FlowBudget _budget;
    private readonly CallTransfer _calls;
    private readonly CapturedVariables _captured;
    private readonly FlowCaptures _captures;
    private readonly HeldTypes _types;

    public OwnershipTransfer(
        SiteLedger ledger,
        FlowBudget budget,
        IOwnershipProtocol protocol,
        CalleeOwnership callees,
        CapturedVariables captured,
        FlowCaptures captures)
    {
        _ledger = ledger;
        _budget = budget;
        _captured = captured;
        _captures = captures;
        _types = protocol.Types;
        _calls = new CallTransfer(this, ledger, protocol, callees);
    }

    /// <summary>Applies the operation to the ledger's environment and tells what its value may hold.</summary>
    public Held Evaluate(IOperation? operation)
    {
        if (!_budget.TryDescend())
            return Held.Nothing;

        Held value = Apply(operation);
        _budget.Ascend();
        return value;
    }

    /// <summary>Stores a value; anything but a plain local or parameter lets it escape.</summary>
    public void Assign(IOperation target, Held value, IOperation by)
    {
        switch (target)
        {
            case ILocalReferenceOperation { Local: { RefKind: RefKind.None } local } when !_captured.Contains(local):
                _ledger.Hold(Variable.Of(local), value);
                break;
            case IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter }
                when !_captured.Contains(parameter):
                _ledger.Hold(Variable.Of(parameter), value);
                break;
            case IFlowCaptureReferenceOperation reference:
                _ledger.Hold(Variable.Of(reference.Id), value);
                foreach (IOperation captured in _captures[reference.Id])
                    Assign(captured, value, by);
                break;
            case IDeclarationExpressionOperation declaration:
                Assign(declaration.Expression, value, by);
                break;
            case ITupleOperation tuple:
                foreach (IOperation element in tuple.Elements)
                    Assign(element, value, by);
                break;
            case IDiscardOperation:
                break;
            default:
                Evaluate(target);
                _ledger.Escape(value, by);
                break;
        }
    }

    /// <summary>The variable behind an operation, or null when it is not a plain variable.</summary>
    public static Variable? VariableOf(IOperation? operation) => operation switch
    {
        ILocalReferenceOperation local => Variable.Of(local.Local),
        IParameterReferenceOperation parameter => Variable.Of(parameter.Parameter),
        IFlowCaptureReferenceOperation reference => Variable.Of(reference.Id),
        IDeclarationExpressionOperation declaration => VariableOf(declaration.Expression),
        _ => null,
    };

    /// <summary>The variable and, when it is a capture of one variable, that variable.</summary>
    public IEnumerable<Variable> AliasesOf(IOperation operation, Variable variable)
    {
        yield return variable;
        if (operation is IFlowCaptureReferenceOperation reference
            && _captures[reference.Id] is { Count: 1 } captured
            && VariableOf(captured[0]) is { } source)
        {
            yield return source;
        }
    }

    public bool GivesBack(IInvocationOperation call) => _calls.GivesBack(call);

    public bool Acquires(IOperation operation) => _calls.Acquires(operation);

    /// <summary>True when also the paths on which an exception leaves the method are of interest.</summary>
    public bool JudgesThrows => _calls.JudgesThrows;

    private Held Apply(IOperation? operation)
    {
        switch (operation)
        {
            case null:
            case IFlowAnonymousFunctionOperation:
                return Held.Nothing;
            case ILocalReferenceOperation local:
                return _ledger.HeldBy(Variable.Of(local.Local));
            case IParameterReferenceOperation parameter:
                return _ledger.HeldBy(Variable.Of(parameter.Parameter));
            case IFlowCaptureReferenceOperation reference:
                return _ledger.HeldBy(Variable.Of(reference.Id));
            case IFlowCaptureOperation capture:
                _ledger.Hold(Variable.Of(capture.Id), Evaluate(capture.Value));
                return Held.Nothing;
            case IExpressionStatementOperation statement:
                return Evaluate(statement.Operation);
            case IDeclarationExpressionOperation declaration:
                return Evaluate(declaration.Expression);
            case ISimpleAssignmentOperation assignment:
                return EvaluateAssignment(assignment);
            case IDeconstructionAssignmentOperation deconstruction:
                _ledger.Escape(Evaluate(deconstruction.Value), deconstruction);
                Assign(deconstruction.Target, Held.Nothing, deconstruction);
                return Held.Nothing;
            case IInvocationOperation call:
                return _calls.EvaluateCall(call);
            case IObjectCreationOperation creation:
                return _calls.EvaluateCreation(creation);
            case IConversionOperation conversion:
                return EvaluateConversion(conversion);
            case IAwaitOperation awaited:
                return _types.SeenBy(awaited.Type, Evaluate(awaited.Operation), awaited.Operation.Type);
            case IIsPatternOperation match:
                return EvaluateMatch(match);
            case IArrayElementReferenceOperation or ISpreadOperation:
                UseChildren(operation);
                return Held.Nothing;
            case IPropertyReferenceOperation property:
                return EvaluateMember(property, property.Instance, property.Arguments);
            case IFieldReferenceOperation field:
                return EvaluateMember(field, field.Instance, []);
            case IImplicitIndexerReferenceOperation slice:
                Evaluate(slice.Argument);
                return EvaluateMember(slice, slice.Instance, []);
            case IReturnOperation result:
                _ledger.Escape(Evaluate(result.ReturnedValue), result);
                return Held.Nothing;
            case IBinaryOperation or IUnaryOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation:
                return EvaluateArithmetic(operation);
            case IAddressOfOperation address:
                return EvaluateAddress(address);
            case IIsNullOperation or IIsTypeOperation or IInterpolatedStringOperation or IInterpolationOperation
                or IInterpolatedStringTextOperation or ISizeOfOperation or INameOfOperation:
                TouchChildren(operation);
                return Held.Nothing;
            case { Kind: OperationKind.None } when RawPointers.IsAccess(operation):
                Held accessed = UseChildren(operation);
                if (RawPointers.IsByReference(operation))
                    _ledger.Lose(accessed);
                return Held.Nothing;
            case { Kind: OperationKind.None, Type: null or IPointerTypeSymbol }:
                UseChildren(operation);
                return Held.Nothing;
            case ITupleOperation or IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation
                or IAnonymousObjectCreationOperation or IDelegateCreationOperation or IWithOperation:
                foreach (IOperation child in operation.ChildOperations)
                    _ledger.Escape(Evaluate(child), operation);
                return Held.Nothing;
            default:
                foreach (IOperation child in operation.ChildOperations)
                    _ledger.Lose(Evaluate(child));
                return Held.Nothing;
        }
    }

    private Held EvaluateAssignment(ISimpleAssignmentOperation assignment)
    {
        Variable? target = VariableOf(assignment.Target);
        Held value = _ledger.Overwriting(target, () => EvaluateOrAdopt(assignment.Value));
        if (assignment.IsRef)
        {
            _ledger.Lose(value);
            return Held.Nothing;
        }

        Assign(assignment.Target, _types.MayHold(assignment.Target.Type) ? value : Held.Nothing, assignment);
        return value;
    }

    /// <summary>Evaluates a value and, when the method gives it back although it did not acquire it, begins to follow it.</summary>
    private Held EvaluateOrAdopt(IOperation value)
    {
        Held held = Evaluate(value);
        return value is not IInvocationOperation && _ledger.IsSite(value) ? _ledger.Acquire(value) : held;
    }

    private Held EvaluateConversion(IConversionOperation conversion)
    {
        Held value = Evaluate(conversion.Operand);
        if (!value.Any)
            return value;

        // An array becomes a span by an operator or, since C# 14, by a built-in conversion: only the type tells.
        if (_types.IsView(conversion.Type))
            return value.AsView();
        if (conversion.OperatorMethod is null)
            return conversion.Type is IPointerTypeSymbol && !_types.MayHold(conversion.Type) ? Held.Nothing : value;
        if (RawPointers.IsOperatorOfIntegers(conversion.OperatorMethod))
            return value;

        if (_types.SeenBy(conversion.Type, value, conversion.Operand.Type).Any)
            _ledger.Escape(value, conversion);
        return Held.Nothing;
    }

    private Held EvaluateMatch(IIsPatternOperation match)
    {
        Held value = Evaluate(match.Value);
        if (ReadsElements(match.Pattern))
            _ledger.Use(value, match);
        foreach (ILocalSymbol named in NullCheck.NamedBy(match.Pattern))
        {
            if (!_types.MayHold(named.Type))
                continue;
            if (_captured.Contains(named))
                _ledger.Escape(value, match);
            else
                _ledger.Hold(Variable.Of(named), value);
        }

        return Held.Nothing;
    }

    /// <summary>False for a pattern that asks for no more than the length.</summary>
    private static bool ReadsElements(IPatternOperation pattern) => pattern switch
    {
        IListPatternOperation list => list.Patterns.Any(part => part is not (IDiscardPatternOperation or ISlicePatternOperation { Pattern: null })),
        IBinaryPatternOperation both => ReadsElements(both.LeftPattern) || ReadsElements(both.RightPattern),
        INegatedPatternOperation negated => ReadsElements(negated.Pattern),
        _ => false,
    };

    private Held EvaluateMember(IOperation member, IOperation? instance, IEnumerable<IArgumentOperation> arguments)
    {
        Held held = Evaluate(instance);
        _ledger.Use(held, member);
        foreach (IArgumentOperation argument in arguments)
            _ledger.Lose(Evaluate(argument.Value));
        Held seen = _types.SeenBy(member.Type, held, instance?.Type);
        return _types.IsView(instance?.Type) ? seen : seen.AsGuess();
    }

    /// <summary>An address moved by an offset still belongs to its block; a comparison holds nothing.</summary>
    private Held EvaluateArithmetic(IOperation operation)
    {
        Held operands = TouchChildren(operation);
        Held result = _types.SeenBy(operation.Type, operands, sourceType: null);
        IOperation? target = operation switch
        {
            ICompoundAssignmentOperation compound => compound.Target,
            IIncrementOrDecrementOperation step => step.Target,
            _ => null,
        };
        if (target is not null && result.Any && VariableOf(target) is null)
            _ledger.Escape(result, operation);
        else if (target is not null && VariableOf(target) is { } moved && (result.All & ~_ledger.HeldBy(moved).All) != 0)
            Assign(target, _ledger.HeldBy(moved) | result, operation);
        return result;
    }

    /// <summary>The address of a cell of a block belongs to the block; that of a variable lets others change it.</summary>
    private Held EvaluateAddress(IAddressOfOperation address)
    {
        IOperation cell = address.Reference;
        while (cell is IFieldReferenceOperation { Instance: { } instance })
            cell = instance;
        if (cell.Kind == OperationKind.None)
            return _types.SeenBy(address.Type, UseChildren(cell), sourceType: null);

        Held held = Evaluate(address.Reference);
        if (_types.MayHold(address.Type))
            _ledger.Lose(held);
        return Held.Nothing;
    }

    private Held UseChildren(IOperation operation)
    {
        Held all = Held.Nothing;
        foreach (IOperation child in operation.ChildOperations)
        {
            Held held = Evaluate(child);
            _ledger.Use(held, operation);
            all |= held;
        }

        return all;
    }

    /// <summary>Evaluates operands that are only compared or named, which is no use of the resource itself.</summary>
    private Held TouchChildren(IOperation operation)
    {
        Held all = Held.Nothing;
        foreach (IOperation child in operation.ChildOperations)
            all |= Evaluate(child);
        return all;
    }
}
