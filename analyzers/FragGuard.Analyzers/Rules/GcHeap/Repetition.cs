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
    public static IEnumerable<IOperation> Around(IOperation operation)
    {
        bool isLeft = false;
        for (IOperation inner = operation; inner.Parent is { } outer; inner = outer)
        {
            if (MaySkip(outer, inner) || (outer is IBlockOperation path && path.Operations.Any(Throws)))
                yield break;
            isLeft |= outer is IBlockOperation block && block.Operations.SkipWhile(other => other != inner).Any(Leaves);
            bool isRepeated = outer is ILoopOperation loop && loop.Body == inner && !isLeft;
            if (outer is not ILoopOperation || isRepeated)
                yield return outer;
        }
    }

    /// <summary>True when the statement, a jump or one around it, never lets the next one run.</summary>
    public static bool Leaves(IOperation? statement) => statement switch
    {
        IBranchOperation branch => branch.BranchKind != BranchKind.Continue,
        IReturnOperation returned => returned.Kind != OperationKind.YieldReturn,
        IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation block => block.Operations.Any(Leaves),
        IUsingOperation scope => Leaves(scope.Body),
        ILockOperation scope => Leaves(scope.Body),
        ITryOperation attempt => Leaves(attempt.Body) || Leaves(attempt.Finally),
        IConditionalOperation { WhenFalse: { } whenFalse } choice => Leaves(choice.WhenTrue) && Leaves(whenFalse),
        ILabeledOperation labeled => Leaves(labeled.Operation),
        _ => false,
    };

    private static bool MaySkip(IOperation outer, IOperation inner) => outer switch
    {
        IConditionalOperation choice => choice.Condition != inner,
        ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation => true,
        IAnonymousFunctionOperation or ILocalFunctionOperation => true,
        ICoalesceOperation coalesce => coalesce.Value != inner,
        ICoalesceAssignmentOperation coalesce => coalesce.Target != inner,
        IConditionalAccessOperation access => access.Operation != inner,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary =>
            binary.LeftOperand != inner,
        IThrowOperation => true,
        _ => false,
    };

    private static bool Throws(IOperation statement) =>
        statement is IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation };
}
