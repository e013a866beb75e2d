using System.Linq;
using FragGuard.Analyzers.Patterns.Ownership;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace FragGuard.Analyzers.Rules.Pools;

/// <summary>What can be said for certain about an array at an operation that follows its return.</summary>
internal static class ReturnedArray
{
    private const OwnershipStates Uncertain = ~(OwnershipStates.Rented | OwnershipStates.Returned);

    /// <summary>The return that came before the event on every path to it, or null.</summary>
    public static OwnershipEvent? CertainlyBefore(OwnershipEvent later, OwnershipFacts facts, WrittenBody body)
    {
        if (!later.IsCertain || (later.Before & OwnershipStates.Returned) == OwnershipStates.None)
            return null;
        if (Earlier(later, facts) is not { } first || Surroundings.Of(later.Operation, body) is not { } place)
            return null;

        bool isSure = (place.Handler, place.Finally) switch
        {
            // The paths on which an exception leads here were not followed, so a condition may tell them apart.
            (_, { }) => place.IsUnconditional && later.BeforeInRuns.Contains(OwnershipStates.Returned),
            ({ } handler, _) => FailsBetween(first, later, handler, place),
            _ => later.Before == OwnershipStates.Returned,
        };
        return isSure ? first : null;
    }

    /// <summary>True in a catch clause when a call may throw after the array was returned in the try block.</summary>
    private static bool FailsBetween(
        OwnershipEvent first, OwnershipEvent later, ICatchClauseOperation handler, Surroundings place)
    {
        if (handler.Parent is not ITryOperation attempt || !Contains(attempt.Body, first.Operation))
            return later.Before == OwnershipStates.Returned;
        if (!place.IsUnconditional || later.IsPartial || (later.Before & Uncertain) != OwnershipStates.None)
            return false;

        int end = first.Operation.Syntax.Span.End;
        return attempt.Body.Descendants().Any(operation =>
            operation is IInvocationOperation or IAwaitOperation or IThrowOperation && operation.Syntax.SpanStart >= end);
    }

    /// <summary>The nearest return above the event, else the lowest below it.</summary>
    private static OwnershipEvent? Earlier(OwnershipEvent later, OwnershipFacts facts)
    {
        OwnershipEvent? above = null;
        OwnershipEvent? below = null;
        foreach (OwnershipEvent step in facts.Events)
        {
            if (!step.IsReturn || step.Site != later.Site || step.Operation == later.Operation)
                continue;
            if (StartOf(step) > StartOf(later))
                below = below is null || StartOf(step) > StartOf(below) ? step : below;
            else
                above = above is null || StartOf(step) > StartOf(above) ? step : above;
        }

        return above ?? below;
    }

    private static int StartOf(OwnershipEvent step) => step.Operation.Syntax.SpanStart;

    private static bool Contains(IOperation outer, IOperation inner) => outer.Syntax.Span.Contains(inner.Syntax.Span);
}
