using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>
/// How one body uses its parameters, as it is written. Most are only looked into and passed on, and that the flow analysis
/// would find no more takes no flow graph to see.
/// </summary>
internal sealed class ParameterUses
{
    /// <summary>The flow analysis gives up on a body of 2,000 blocks; no operation makes ten.</summary>
    private const int MostBranches = OwnershipAnalysis.MaximumBlocks / 10;

    private readonly Dictionary<IParameterSymbol, Uses> _uses = new(SymbolEqualityComparer.Default);
    private readonly List<IOperation> _made = [];
    private int _branches;

    public ParameterUses(IMethodBodyOperation body)
    {
        Stack<(IOperation Operation, bool IsNested)> open = new();
        open.Push((body, false));
        while (open.Count > 0)
        {
            (IOperation operation, bool isNested) = open.Pop();
            isNested |= operation.Kind is OperationKind.AnonymousFunction or OperationKind.LocalFunction;
            Note(operation, isNested);
            foreach (IOperation child in operation.ChildOperations.Reverse())
                open.Push((child, isNested));
        }
    }

    /// <summary>
    /// The arguments that pass the parameter on, in the order of the text, of a body that besides only looks into it; null
    /// where the flow analysis has to tell.
    /// </summary>
    public IReadOnlyList<IArgumentOperation>? PassedOn(IParameterSymbol parameter, IOwnershipProtocol protocol)
    {
        if (protocol.Types.IsAddress || _branches > MostBranches || _made.Count(protocol.Acquires) >= OwnershipAnalysis.MaximumSites)
            return null;
        List<IArgumentOperation> passed = [];
        if (!_uses.TryGetValue(parameter, out Uses? uses))
            return passed;
        return !uses.IsCaptured && uses.References.TrueForAll(reference => LooksInto(reference, isView: false, protocol, passed))
            ? passed
            : null;
    }

    private void Note(IOperation operation, bool isNested)
    {
        switch (operation.Kind)
        {
            case OperationKind.ParameterReference:
                Add((IParameterReferenceOperation)operation, isNested);
                break;
            case OperationKind.AnonymousFunction or OperationKind.LocalFunction:
                break;
            case OperationKind.Invocation or OperationKind.ObjectCreation:
                _made.Add(operation);
                break;
            case OperationKind.ArrayElementReference or OperationKind.Argument or OperationKind.Binary or OperationKind.Block
                or OperationKind.CompoundAssignment or OperationKind.Conversion or OperationKind.Decrement or OperationKind.ExpressionStatement
                or OperationKind.FieldReference or OperationKind.Increment or OperationKind.InstanceReference or OperationKind.Literal
                or OperationKind.LocalReference or OperationKind.PropertyReference or OperationKind.SimpleAssignment or OperationKind.Unary
                or OperationKind.VariableDeclaration or OperationKind.VariableDeclarationGroup or OperationKind.VariableDeclarator
                or OperationKind.VariableInitializer when !IsShortCircuit(operation):
                break;
            default:
                _branches++;
                break;
        }
    }

    private void Add(IParameterReferenceOperation reference, bool isNested)
    {
        if (!_uses.TryGetValue(reference.Parameter, out Uses? uses))
            _uses.Add(reference.Parameter, uses = new());
        uses.References.Add(reference);
        uses.IsCaptured |= isNested;
    }

    private static bool IsShortCircuit(IOperation operation) =>
        operation is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr };

    /// <summary>True when what is around the value neither keeps it nor makes something of it that could, calls apart.</summary>
    /// <param name="value">A parameter, or a span of it.</param>
    /// <param name="isView">True for a span.</param>
    /// <param name="protocol">Which calls give back.</param>
    /// <param name="passed">Gets the argument whose call has to be looked at.</param>
    private static bool LooksInto(IOperation value, bool isView, IOwnershipProtocol protocol, List<IArgumentOperation> passed)
    {
        switch (value.Parent)
        {
            case IArrayElementReferenceOperation element:
                return element.ArrayReference == value;
            case IPropertyReferenceOperation property:
                return property.Instance == value && !protocol.Types.MayHold(property.Type);
            case IBinaryOperation { OperatorMethod: null, Type.SpecialType: SpecialType.System_Boolean }:
                return true;
            case IConversionOperation conversion when protocol.Types.IsView(conversion.Type):
                return conversion.Type is { IsRefLikeType: true } && LooksInto(conversion, isView: true, protocol, passed);
            case IConversionOperation { OperatorMethod: null, Type.IsReferenceType: true } conversion:
                return LooksInto(conversion, isView, protocol, passed);
            case IInvocationOperation call:
                return call.Instance == value && !ExtensionBlocks.Declares(call.TargetMethod)
                    && LooksInto(call, isView, protocol, passed, argument: null);
            case IArgumentOperation { Parent: IInvocationOperation call, Parameter: { RefKind: RefKind.None or RefKind.In } parameter } argument:
                return !HeldTypes.IsOpaque(parameter.OriginalDefinition.Type)
                    && LooksInto(call, isView, protocol, passed, parameter.Type.IsRefLikeType ? null : argument);
            default:
                return false;
        }
    }

    /// <param name="call">What the value is passed to, or called on.</param>
    /// <param name="isView">True where the value is a span.</param>
    /// <param name="protocol">Which calls give back.</param>
    /// <param name="passed">Gets the argument.</param>
    /// <param name="argument">The value's, where the call may do anything with it; null for a span, and for what the method is called on.</param>
    private static bool LooksInto(
        IInvocationOperation call, bool isView, IOwnershipProtocol protocol, List<IArgumentOperation> passed, IArgumentOperation? argument)
    {
        if (call.TargetMethod.MethodKind is MethodKind.Constructor or MethodKind.LocalFunction
            || protocol.GivenBackBy(call) is not null
            || call.Arguments.Any(other => other.Parameter is not { RefKind: RefKind.None or RefKind.In }))
        {
            return false;
        }

        if (argument is not null)
        {
            if (isView)
                return false;
            passed.Add(argument);
        }

        return !protocol.Types.MayHold(call.Type)
            || (protocol.Types.IsViewMaker(call.TargetMethod) && call.Type is { IsRefLikeType: true }
                && LooksInto(call, isView: true, protocol, passed));
    }

    /// <summary>Where a body names one of its parameters.</summary>
    private sealed class Uses
    {
        public List<IOperation> References { get; } = [];

        /// <summary>True when a function inside the body names it.</summary>
        public bool IsCaptured { get; set; }
    }
}
