using System;
using System.Collections.Immutable;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>How often the body of a loop runs when nothing leaves it early.</summary>
internal static class TripCounts
{
    public static Interval Of(ILoopOperation loop, SizeInference sizes) => loop switch
    {
        IForEachLoopOperation { IsAsynchronous: false } each => Hull(
            sizes.Measure(Quantity.Length, Unconverted(each.Collection), Frame.Entry), atLeast: 0),
        IForLoopOperation counted => OfCounted(counted, sizes),
        IWhileLoopOperation { ConditionIsTop: false, Condition.ConstantValue: { HasValue: true, Value: false } } => new(1, 1),
        _ => Interval.NotNegative,
    };

    /// <summary>The counter of a loop that counts up, one variable with one step at the bottom, or null.</summary>
    public static LoopCounter? Counter(IForLoopOperation loop)
    {
        if (loop.Condition is not IBinaryOperation
            {
                OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual,
                LeftOperand: ILocalReferenceOperation { Local: { } local },
            } condition
            || loop.AtLoopBottom.Length != 1
            || StepOf(loop.AtLoopBottom[0], local) is not { } step
            || StartOf(loop.Before, local) is not { } start
            || Writes(loop.Body, local))
        {
            return null;
        }

        return new(start, condition.RightOperand, condition.OperatorKind == BinaryOperatorKind.LessThanOrEqual, step);
    }

    /// <summary>The operation below the conversions that the compiler put around it.</summary>
    public static IOperation Unconverted(IOperation operation)
    {
        while (operation is IConversionOperation { OperatorMethod: null } conversion)
            operation = conversion.Operand;
        return operation;
    }

    /// <summary>True when the code stores something in the local.</summary>
    public static bool Writes(IOperation code, ILocalSymbol local)
    {
        foreach (IOperation operation in code.DescendantsAndSelf())
        {
            if (Stores(operation, local))
                return true;
        }

        return false;
    }

    private static bool Stores(IOperation operation, ILocalSymbol local) => operation.Kind switch
    {
        OperationKind.SimpleAssignment or OperationKind.CompoundAssignment or OperationKind.CoalesceAssignment =>
            Is(((IAssignmentOperation)operation).Target, local),
        OperationKind.DeconstructionAssignment =>
            ((IDeconstructionAssignmentOperation)operation).Target.DescendantsAndSelf().Any(part => Is(part, local)),
        OperationKind.Increment or OperationKind.Decrement => Is(((IIncrementOrDecrementOperation)operation).Target, local),
        OperationKind.Argument =>
            operation is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument && Is(argument.Value, local),
        OperationKind.AddressOf => Is(((IAddressOfOperation)operation).Reference, local),
        OperationKind.VariableDeclarator => operation is IVariableDeclaratorOperation
            { Symbol.IsRef: true, Initializer.Value: { } referred } && Is(referred, local),
        _ => false,
    };

    private static Interval OfCounted(IForLoopOperation loop, SizeInference sizes)
    {
        if (Counter(loop) is not { } counter)
            return Interval.NotNegative;
        Interval start = Hull(sizes.Measure(Quantity.Number, counter.Start, Frame.Entry), long.MinValue);
        Interval bound = Hull(sizes.Measure(Quantity.Number, counter.Bound, Frame.Entry), long.MinValue);
        Interval way = bound.Subtract(start);
        long last = counter.IsIncluded ? counter.Step : counter.Step - 1;
        return new(
            way.Min == long.MinValue ? 0 : Math.Max(0, (way.Min + last) / counter.Step),
            way.Max == long.MaxValue ? long.MaxValue : Math.Max(0, (way.Max + last) / counter.Step));
    }

    private static Interval Hull(IntervalSet set, long atLeast) => set.IsNothing
        ? new(atLeast, long.MaxValue)
        : new(Math.Max(set.Min, atLeast), set.Max);

    private static IOperation? StartOf(ImmutableArray<IOperation> before, ILocalSymbol local)
    {
        IOperation? start = null;
        foreach (IOperation statement in before)
        {
            foreach (IOperation operation in statement.DescendantsAndSelf())
            {
                if (operation is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                    start = declarator.Initializer?.Value;
                else if (operation is ISimpleAssignmentOperation assignment && Is(assignment.Target, local))
                    start = assignment.Value;
            }
        }

        return start;
    }

    private static int? StepOf(IOperation statement, ILocalSymbol local) =>
        (statement as IExpressionStatementOperation)?.Operation switch
        {
            IIncrementOrDecrementOperation { Kind: OperationKind.Increment } step when Is(step.Target, local) => 1,
            ICompoundAssignmentOperation
            {
                OperatorKind: BinaryOperatorKind.Add, Value.ConstantValue: { HasValue: true, Value: int and > 0 and var by },
            } step when Is(step.Target, local) => by,
            _ => null,
        };

    private static bool Is(IOperation operation, ILocalSymbol local) =>
        operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local);
}
