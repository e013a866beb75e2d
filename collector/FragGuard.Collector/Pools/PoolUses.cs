using System;

namespace FragGuard.Collector.Pools;

/// <summary>What the counts of a pool say, and what they leave open.</summary>
internal static class PoolUses
{
    public static PoolUse Build(
        int pool, int length, PoolDraft draft, PoolKind kind, PoolElement element, bool knowsRents, double endMs, PoolView view) => new()
        {
            PoolId = pool,
            Kind = kind,
            Element = element,
            Length = length,
            KnowsRents = knowsRents,
            Rented = knowsRents ? draft.Rented : null,
            Returned = knowsRents ? draft.Returned : null,
            ReturnedUnseen = knowsRents ? draft.ReturnedUnseen : null,
            Outstanding = knowsRents ? draft.Outstanding : null,
            Unfollowed = draft.Unfollowed,
            AllocatedPooled = draft.AllocatedPooled,
            AllocatedOverMaximumSize = draft.AllocatedOverMaximumSize,
            AllocatedPoolExhausted = draft.AllocatedPoolExhausted,
            DroppedFull = draft.DroppedFull,
            DroppedOverMaximumSize = draft.DroppedOverMaximumSize,
            Trimmed = draft.Trimmed,
            IdleAtLeast = knowsRents ? LeastIdle(draft, kind, view) : 0,
            IdleAtMost = MostIdle(draft, knowsRents, BoundOf(draft, kind, view), view),
            Bound = BoundOf(draft, kind, view),
            Timeline = draft.BuildTimeline(endMs),
        };

    /// <summary>
    /// Three things make the count of kept arrays too high or its least value too low by at most one for each thread: an array
    /// in a thread of a shared pool dies with it untold, of two threads that pass an array on the taker may be told first,
    /// and a created pool tells of a drop before it tells of the return.
    /// </summary>
    private static long LeastIdle(PoolDraft draft, PoolKind kind, PoolView view)
    {
        if (draft.Threads is not { } threads)
            return 0;

        long before = view.IsWhole ? 0 : Math.Max(0, -draft.LeastIdle - threads);
        long untold = kind == PoolKind.Created ? 0 : threads;
        return Math.Max(0, draft.Idle + before - untold);
    }

    /// <summary>Without rents, every array the pool made and neither dropped nor trimmed may lie in it.</summary>
    private static long? MostIdle(PoolDraft draft, bool knowsRents, PoolBound bound, PoolView view)
    {
        if (!view.IsWhole)
            return null;
        if (knowsRents)
            return Math.Max(0, draft.Idle);

        long most = draft.AllocatedPooled + draft.AllocatedPoolExhausted - draft.DroppedFull - draft.Trimmed;
        return Math.Max(0, bound is { Arrays: { } kept, IsExact: true, PlusOnePerThread: false } ? Math.Min(most, kept) : most);
    }

    /// <summary>
    /// A created pool fills each of its slots once: after an array was refused for want of one, all its slots were filled.
    /// </summary>
    private static PoolBound BoundOf(PoolDraft draft, PoolKind kind, PoolView view) => kind switch
    {
        _ when draft.AllocatedOverMaximumSize > 0 => new PoolBound(0, IsExact: true, PlusOnePerThread: false),
        PoolKind.Shared when view.Processors > 0 =>
            new PoolBound(view.Settings.ArraysOn(view.Processors), IsExact: true, PlusOnePerThread: true),
        PoolKind.Created when view.IsWhole && draft.AllocatedPooled > 0 =>
            new PoolBound(draft.AllocatedPooled, draft.AllocatedPoolExhausted > 0, PlusOnePerThread: false),
        _ => PoolBound.Unknown,
    };
}
