using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Live;

/// <summary>The heap after its last GC, on top of the log that reports are made of.</summary>
internal sealed class HeapView
{
    private const int KeptGcs = 32;
    private const int MaxThreads = 1 << 10;

    private readonly GcLog _log;
    private readonly HeapTrend _trend = new();
    private readonly Dictionary<long, int> _heapsToMeasure = [];
    private IReadOnlyList<GenerationFigures> _layout = [];
    private RecordedGc? _measured;

    /// <param name="hasSurvivors">Whether the session tells what GCs leave alive and where.</param>
    public HeapView(EventRouter router, bool hasSurvivors)
    {
        _log = new GcLog(KeptGcs) { OnClosed = Window.Add };
        _ = new GcFeed(router, _log);
        if (hasSurvivors)
            _ = new SurvivalFeed(router, WatchOf(_log));
        router.On(RuntimeEvents.Provider, RuntimeEvents.GlobalHeapHistory, OnMeasuring);
        router.On(RuntimeEvents.Provider, RuntimeEvents.PerHeapHistory, OnHeapMeasured);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcEnd, OnEnd);
    }

    /// <summary>All GCs since the session began, and the last minute's one by one.</summary>
    public GcWindow Window { get; } = new();

    /// <summary>GCs that are not in the window yet.</summary>
    public IReadOnlyList<RecordedGc> Unsettled => _log.Open;

    /// <summary>The last GC that was measured in all heaps of the process, as it is known by now.</summary>
    public RecordedGc? LastGc => _measured is null ? null : _log.Find(_measured.Number) ?? _measured;

    /// <summary>The last GC that listed regions and survivors.</summary>
    public int? LayoutGc { get; private set; }

    public IReadOnlyList<IReadOnlyList<long>> Trend => _trend.Build();

    public IReadOnlyList<LiveGeneration> Generations() => _measured is not { } gc
        ? []
        : [.. Enumerable.Range(0, GcLog.Generations).Select(generation => GenerationOf(generation, gc.MeasureOf(generation)))];

    private static HeapWatch WatchOf(GcLog log)
    {
        LargeObjectLog objects = new(new AllocationSources());
        SampledObjects samples = new(new AllocationSources());
        return new HeapWatch(new HeapState(), objects, samples, new PinLog(), moments: null, log);
    }

    private LiveGeneration GenerationOf(int generation, GenerationMeasure measure)
    {
        if (_layout.Count <= generation)
            return new LiveGeneration(generation, measure.BytesAfter, measure.FreeBytesAfter, null, null, null);

        GenerationFigures layout = _layout[generation];
        return new LiveGeneration(
            generation, measure.BytesAfter, measure.FreeBytesAfter, layout.Holes, layout.LargestHoleBytes, layout.UnknownRatio);
    }

    private void OnMeasuring(in RecordedEvent recorded)
    {
        if (_heapsToMeasure.Count >= MaxThreads)
            _heapsToMeasure.Clear();
        _heapsToMeasure[recorded.Thread] = Math.Max(1, GcMechanisms.Read(recorded).Heaps);
    }

    // Each heap of the process reports for itself; figures of some of them would be a heap that never was.
    private void OnHeapMeasured(in RecordedEvent recorded)
    {
        ref int heaps = ref CollectionsMarshal.GetValueRefOrNullRef(_heapsToMeasure, recorded.Thread);
        if (Unsafe.IsNullRef(ref heaps) || --heaps != 0 || _log.LastMeasured(recorded.Thread) is not { } gc)
            return;

        _measured = gc;
        _trend.Add(gc);
    }

    private void OnEnd(in RecordedEvent recorded)
    {
        int number = recorded.Fields.ReadInt32();
        if (_log.Find(number) is not { Reconstruction.Count: > 0 } gc)
            return;

        _layout = gc.Reconstruction;
        LayoutGc = number;
    }
}
