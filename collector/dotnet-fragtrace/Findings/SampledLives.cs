using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Findings;

/// <summary>What became of the sampled objects of some code; all figures but the number of samples are estimates.</summary>
/// <param name="Samples">Objects that were drawn.</param>
/// <param name="Bytes">Allocated.</param>
/// <param name="DiedBytes">Found dead by GCs.</param>
/// <param name="DiedPinnedBytes">The part of these that died on the pinned heap.</param>
/// <param name="LiveBytes">Alive when a GC of their generation last looked.</param>
internal sealed record SampledLives(long Samples, double Bytes, double DiedBytes, double DiedPinnedBytes, double LiveBytes)
{
    private const int PinnedObjects = 4;

    /// <summary>Share of all bytes; 0 where none are known.</summary>
    public double DiedShare => Bytes > 0 ? DiedBytes / Bytes : 0;

    /// <summary>Share of what GCs judged that they found dead; null when they judged nothing.</summary>
    public double? JudgedDead => DiedBytes + LiveBytes > 0 ? DiedBytes / (DiedBytes + LiveBytes) : null;

    /// <summary>Objects of all sites that fit.</summary>
    public static SampledLives Where(HeapHistory heap, Func<AllocationSite, bool> isOwn) =>
        Sum([.. Known(heap).Where(one => isOwn(heap.Sites[one.Site]))]);

    /// <summary>Objects of the line, or of its method where the optimized code tells no line.</summary>
    public static SampledLives At(SourcePlace place, HeapHistory heap)
    {
        ObjectLifetime[] known = [.. Known(heap)];
        return Sum([.. place.Match(known, one => heap.Sites[one.Site]), .. place.MatchMethod(known, one => heap.Sites[one.Site])]);
    }

    /// <summary>Arrays of the line.</summary>
    public static SampledLives ArraysAt(SourcePlace place, HeapHistory heap) => Sum(place.Match(
        Known(heap).Where(one => heap.Sites[one.Site].Type?.EndsWith("[]", StringComparison.Ordinal) == true),
        one => heap.Sites[one.Site]));

    private static IEnumerable<ObjectLifetime> Known(HeapHistory heap) =>
        heap.Lifetimes.Where(one => one.Site >= 0 && one.Site < heap.Sites.Count);

    private static SampledLives Sum(IReadOnlyList<ObjectLifetime> lifetimes) => new(
        lifetimes.Sum(one => one.Samples),
        lifetimes.Sum(one => one.Bytes),
        lifetimes.Sum(one => one.Bytes * one.DiedShares.Sum()),
        lifetimes.Sum(one => one.Bytes * one.DiedShares[PinnedObjects]),
        lifetimes.Sum(one => one.Bytes * one.LiveShare));
}
