using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Live;

/// <summary>The feeds of a live session, and what they say by now. Not safe for threads: its owner keeps them apart.</summary>
internal sealed class LiveWatch
{
    private readonly EventRouter _router = new();
    private readonly ReadingState _state;
    private readonly HeapView _heap;
    private readonly AllocationWindow _allocations;
    private readonly PoolWindow? _pools;

    public LiveWatch(TraceProfile profile, ReadingState state)
    {
        _state = state;
        _heap = new HeapView(_router, profile.Requests.Any(IsOfSurvivors));
        _allocations = new AllocationWindow(_router);
        if (!profile.Requests.Any(static request => IsOf(request, ArrayPoolFeed.Provider)))
            return;

        PoolLog pools = new();
        StackTable stacks = new();
        _ = new ArrayPoolFeed(_router, pools, stacks, new ArrayBirths());
        _pools = new PoolWindow(pools, stacks, state, new TargetFeed(_router));
    }

    public EventRouter Router => _router;

    /// <param name="elapsed">Since the session began.</param>
    public LiveMoment Look(TimeSpan elapsed)
    {
        double nowMs = Math.Max(elapsed.TotalMilliseconds, _state.LastMs);
        IReadOnlyList<RecordedGc> unsettled = _heap.Unsettled;
        (GcActivity recent, double recentMs) = _heap.Window.Recent(nowMs, unsettled);
        return new LiveMoment
        {
            Elapsed = elapsed,
            EventsRead = _state.Events,
            EventsLost = _state.EventsLost,
            LastEventMs = _state.LastMs,
            LastGc = _heap.LastGc,
            LayoutGc = _heap.LayoutGc,
            Generations = _heap.Generations(),
            Trend = _heap.Trend,
            Gcs = _heap.Window.Total(unsettled),
            RecentGcs = recent,
            RecentMs = recentMs,
            Allocation = _allocations.Look(nowMs),
            Pools = _pools?.Look(nowMs),
        };
    }

    private static bool IsOfSurvivors(ProviderRequest request) =>
        IsOf(request, RuntimeEvents.Provider) && (request.Keywords & SurvivalFeed.Keywords) != 0;

    private static bool IsOf(ProviderRequest request, string provider) =>
        string.Equals(request.Provider, provider, StringComparison.Ordinal);
}
