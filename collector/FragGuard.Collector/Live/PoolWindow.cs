using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Live;

/// <summary>What array pools did since the session began, and in the time between two looks about a minute apart.</summary>
internal sealed class PoolWindow(PoolLog log, StackTable stacks, ReadingState state, TargetFeed target)
{
    /// <summary>Length of the window once the session is as old.</summary>
    public const double WindowMs = 60_000;

    private const int TopPools = 10;
    private const int MaxLooks = 1 << 10;

    private readonly Queue<(double TimeMs, PoolCounts Counts)> _looks = new([(0, default)]);

    public LivePools Look(double nowMs)
    {
        using SiteResolver resolver = new(stacks, new MethodMap(), new SymbolFolders([]));
        PoolView view = new(
            target.SawStart && state.EventsLost == 0, state.Processors, target.PointerBytes, SharedPoolSettings.Default);
        IReadOnlyList<PoolUse> uses = log.BuildUses(resolver, nowMs, view);
        PoolCounts total = Sum(uses);
        while (_looks.Count > 1 && (_looks.Peek().TimeMs < nowMs - WindowMs || _looks.Count > MaxLooks))
            _looks.Dequeue();
        (double sinceMs, PoolCounts before) = _looks.Peek();
        _looks.Enqueue((nowMs, total));
        PoolCounts recent = new(
            total.MissesPooled - before.MissesPooled,
            total.MissesOverMaximumSize - before.MissesOverMaximumSize,
            total.MissesExhausted - before.MissesExhausted,
            total.DropsFull - before.DropsFull,
            total.DropsOverMaximumSize - before.DropsOverMaximumSize,
            total.Trims - before.Trims);
        return new LivePools(total, recent, System.Math.Max(1, nowMs - sinceMs), Top(uses));
    }

    private static PoolCounts Sum(IReadOnlyList<PoolUse> uses) => new(
        uses.Sum(use => use.AllocatedPooled),
        uses.Sum(use => use.AllocatedOverMaximumSize),
        uses.Sum(use => use.AllocatedPoolExhausted),
        uses.Sum(use => use.DroppedFull),
        uses.Sum(use => use.DroppedOverMaximumSize),
        uses.Sum(use => use.Trimmed));

    private static LivePool[] Top(IReadOnlyList<PoolUse> uses) =>
    [
        .. uses.OrderByDescending(use => use.Allocated)
            .ThenByDescending(use => use.Dropped)
            .Take(TopPools)
            .Select(use => new LivePool(
                use.PoolId, use.Kind, use.Length, use.Allocated, use.Dropped, use.Trimmed, use.IdleAtMost, use.Bound.Arrays)),
    ];
}
