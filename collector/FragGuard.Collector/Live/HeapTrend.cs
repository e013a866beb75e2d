using System.Collections.Generic;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Live;

/// <summary>Sizes of the generations after each of the last GCs.</summary>
internal sealed class HeapTrend
{
    /// <summary>GCs kept.</summary>
    public const int MaxGcs = 40;

    private readonly Queue<long[]> _sizes = [];

    public void Add(RecordedGc gc)
    {
        long[] sizes = new long[GcLog.Generations];
        for (int generation = 0; generation < sizes.Length; generation++)
            sizes[generation] = gc.MeasureOf(generation).BytesAfter;
        _sizes.Enqueue(sizes);
        if (_sizes.Count > MaxGcs)
            _sizes.Dequeue();
    }

    public IReadOnlyList<IReadOnlyList<long>> Build() => [.. _sizes];
}
