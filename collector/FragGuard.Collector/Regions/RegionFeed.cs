using System;
using System.Collections.Generic;
using System.Linq;
using System.Diagnostics.Tracing;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Regions;

/// <summary>The regions each GC lists at its end, and nothing else of it.</summary>
internal sealed class RegionFeed
{
    /// <summary>GCHeapCollect.</summary>
    private const long ForcedGc = 0x800000;

    private readonly RegionLists _lists = new();

    public RegionFeed(EventRouter router)
    {
        router.On(RuntimeEvents.Provider, RuntimeEvents.GlobalHeapHistory, (in RecordedEvent recorded) => _lists.Close(recorded.Thread));
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcStart, (in RecordedEvent recorded) => _lists.Close(recorded.Thread));
        router.On(RuntimeEvents.Provider, RuntimeEvents.GenerationRange, OnRange);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcEnd, OnEnd);
    }

    /// <summary>What the latest GC listed; null before the first.</summary>
    public (int Gc, double EndMs, IReadOnlyList<GcRegion> Regions)? Last { get; private set; }

    public static TraceProfile Profile { get; } = new(
        "regions", "",
        [
            new ProviderRequest(RuntimeEvents.Provider, GcFeed.Keywords | SurvivalFeed.Keywords, EventLevel.Informational)
            {
                Denied = [RuntimeEvents.SurvivingRanges, RuntimeEvents.MovedRanges],
            },
            HeapCounterFeed.Request,
        ],
        HasRundown: false);

    /// <summary>Asking for it is what sets a full blocking GC off.</summary>
    public static TraceProfile Forcing { get; } = new(
        "collect", "", [new ProviderRequest(RuntimeEvents.Provider, ForcedGc, EventLevel.Informational)], HasRundown: false);

    private void OnRange(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int generation = fields.ReadByte();
        ulong start = fields.ReadPointer();
        ulong used = (ulong)fields.ReadInt64();
        _lists.Add(recorded.Thread, new GenerationExtent(generation, start, used, (ulong)fields.ReadInt64()));
    }

    private void OnEnd(in RecordedEvent recorded)
    {
        IReadOnlyList<GenerationExtent> listed = _lists.Of(recorded.Thread);
        _lists.Close(recorded.Thread);
        if (listed.Count > 0)
            Last = (recorded.Fields.ReadInt32(), recorded.TimeMs, [.. Possible(listed)]);
    }

    // Regions never overlap; a list that says so lies.
    private static IEnumerable<GcRegion> Possible(IEnumerable<GenerationExtent> regions)
    {
        ulong end = 0;
        foreach (GenerationExtent one in regions.Where(static one => one.IsPossible).OrderBy(static one => one.Start))
        {
            if (one.Start < end)
                continue;
            end = one.Start + Math.Max(one.UsedBytes, one.ReservedBytes);
            yield return new GcRegion(one.Generation, one.Start, (long)one.UsedBytes, (long)(end - one.Start));
        }
    }
}
