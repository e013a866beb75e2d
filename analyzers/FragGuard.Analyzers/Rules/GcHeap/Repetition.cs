using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.GcHeap;

/// <summary>What runs an operation without asking first.</summary>
internal static class Repetition
{
    /// <summary>
    /// The operations around one, from the inside out, up to the first that may skip it (a branch, a handler, a function of its
    /// own). A loop that is left for good after the operation is none of them.
    /// </summary>
    public static IReadOnlyList<IOperation> Around(IOperation operation)
    {
        List<IOperation> around = [];
        bool isLeft = false;
        for (IOperation inner = operation; inner.Parent is { } outer; inner = outer)
        {
            if (MaySkip(outer, inner))
                break;
            if (outer.Kind == OperationKind.Block && outer is IBlockOperation block)
            {
                if (block.Operations.Any(Throws))
                    break;
                isLeft |= IsLeftFrom(block, inner);
            }

            bool isBody = outer.Kind == OperationKind.Loop && ((ILoopOperation)outer).Body == inner;
            isLeft |= isBody && Leaves(inner);
            if (outer.Kind != OperationKind.Loop || (isBody && !isLeft))
                around.Add(outer);
        }

        return around;
    }

    /// <summary>True when the statement, or one behind it in the block, never lets the next one run.</summary>
    private static bool IsLeftFrom(IBlockOperation block, IOperation statement)
    {
        for (int at = block.Operations.IndexOf(statement); at >= 0 && at < block.Operations.Length; at++)
        {
            if (Leaves(block.Operations[at]))
                return true;
        }

        return false;
    }

    /// <summary>True when the statement, a jump or one around it, never lets the next one run.</summary>
    public static bool Leaves(IOperation? statement) => statement?.Kind switch
    {
        OperationKind.Branch => ((IBranchOperation)statement).BranchKind != BranchKind.Continue,
        OperationKind.Return or OperationKind.YieldBreak => true,
        OperationKind.Throw or OperationKind.ExpressionStatement => Throws(statement),
        OperationKind.Block => ((IBlockOperation)statement).Operations.Any(Leaves),
        OperationKind.Using => Leaves(((IUsingOperation)statement).Body),
        OperationKind.Lock => Leaves(((ILockOperation)statement).Body),
        OperationKind.Try => statement is ITryOperation attempt && (Leaves(attempt.Body) || Leaves(attempt.Finally)),
        OperationKind.Conditional =>
            statement is IConditionalOperation { WhenFalse: { } whenFalse } choice && Leaves(choice.WhenTrue) && Leaves(whenFalse),
        OperationKind.Labeled => Leaves(((ILabeledOperation)statement).Operation),
        _ => false,
    };

    private static bool MaySkip(IOperation outer, IOperation inner) => outer.Kind switch
    {
        OperationKind.Conditional => ((IConditionalOperation)outer).Condition != inner,
        OperationKind.SwitchCase or OperationKind.SwitchExpressionArm or OperationKind.CatchClause => true,
        OperationKind.AnonymousFunction or OperationKind.LocalFunction or OperationKind.Throw => true,
        OperationKind.Coalesce => ((ICoalesceOperation)outer).Value != inner,
        OperationKind.CoalesceAssignment => ((ICoalesceAssignmentOperation)outer).Target != inner,
        OperationKind.ConditionalAccess => ((IConditionalAccessOperation)outer).Operation != inner,
        OperationKind.Binary => outer is IBinaryOperation
            { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary && binary.LeftOperand != inner,
        _ => false,
    };

    private static bool Throws(IOperation statement) =>
        statement.Kind == OperationKind.Throw
        || (statement.Kind == OperationKind.ExpressionStatement
            && ((IExpressionStatementOperation)statement).Operation.Kind == OperationKind.Throw);
}
