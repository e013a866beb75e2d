using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>Where an operation of the flow graph stands in the body as it was written.</summary>
/// <param name="Written">The operation as written.</param>
/// <param name="Handler">The innermost catch clause around it, if no finally block is nearer.</param>
/// <param name="Finally">The innermost finally block around it, if no catch clause is nearer.</param>
/// <param name="IsUnconditional">
/// True when it runs whenever that catch clause or finally block, or else the body, runs; testing its own variable for null
/// does not count.
/// </param>
internal sealed record Surroundings(
    IOperation Written, ICatchClauseOperation? Handler, IOperation? Finally, bool IsUnconditional)
{
    /// <summary>The surroundings, or null when nothing in the body was written so.</summary>
    public static Surroundings? Of(IOperation operation, WrittenBody body)
    {
        if (body.Find(operation) is not { } written)
            return null;

        bool isUnconditional = true;
        for (IOperation inner = written; inner != body.Root && inner.Parent is { } outer; inner = outer)
        {
            if (outer is ICatchClauseOperation handler)
                return new Surroundings(
                    written, handler, Finally: null, isUnconditional && handler.Filter is null && !MayLeaveBefore(written, handler));
            if (outer is ITryOperation attempt && attempt.Finally == inner)
                return new Surroundings(written, Handler: null, inner, isUnconditional && !MayLeaveBefore(written, inner));
            isUnconditional &= !IsChoice(outer, inner, written);
        }

        return new Surroundings(written, Handler: null, Finally: null, isUnconditional);
    }

    /// <summary>The choices around the operation that do not surround the other one, from the inside out.</summary>
    public IEnumerable<IOperation> ChoicesApartFrom(IOperation other)
    {
        for (IOperation inner = Written; inner.Parent is { } outer; inner = outer)
        {
            if (outer.Syntax.Span.Contains(other.Syntax.Span) && outer.Syntax.SyntaxTree == other.Syntax.SyntaxTree)
                yield break;
            if (IsChoice(outer, inner, Written))
                yield return outer;
        }
    }

    private static bool IsChoice(IOperation outer, IOperation inner, IOperation written) => outer switch
    {
        IConditionalOperation choice => choice.Condition != inner && !TestsFor(choice.Condition, written),
        ISwitchCaseOperation or ISwitchExpressionArmOperation or ILoopOperation => true,
        ICoalesceOperation coalesce => coalesce.Value != inner,
        ICoalesceAssignmentOperation coalesce => coalesce.Target != inner,
        IConditionalAccessOperation access => access.Operation != inner,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary =>
            binary.LeftOperand != inner,
        _ => false,
    };

    /// <summary>True when the condition tells whether a variable that the operation names is null.</summary>
    private static bool TestsFor(IOperation condition, IOperation written)
    {
        if (NullCheck.From(condition) is not { } check)
            return false;

        List<ISymbol> tested = check.Match is null ? [] : NullCheck.NamedBy(check.Match).ToList<ISymbol>();
        if (OwnershipTransfer.VariableOf(check.Tested)?.Symbol is { } variable)
            tested.Add(variable);
        return written.Descendants().Any(part =>
            OwnershipTransfer.VariableOf(part)?.Symbol is { } named && tested.Contains(named, SymbolEqualityComparer.Default));
    }

    private static bool MayLeaveBefore(IOperation written, IOperation block) =>
        block.Descendants().Any(other => other is IThrowOperation or IReturnOperation or IBranchOperation
            && other.Syntax.SpanStart < written.Syntax.SpanStart);
}
