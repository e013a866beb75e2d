using System;
using System.Linq;
using FragGuard.Collector.Heaps;

namespace FragGuard.FragTrace.Findings;

/// <summary>What GCs saw of the arrays that pools made for one line; estimated from samples.</summary>
/// <param name="DiedBytes">Found dead.</param>
/// <param name="LiveBytes">Alive when a GC last looked.</param>
internal readonly record struct RentedLives(double DiedBytes, double LiveBytes)
{
    /// <summary>Share of what GCs judged that they found dead; null when they judged nothing.</summary>
    public double? DiedShare => DiedBytes + LiveBytes > 0 ? DiedBytes / (DiedBytes + LiveBytes) : null;

    /// <summary>The arrays born at the finding's line.</summary>
    public static RentedLives Of(Finding finding, HeapHistory heap)
    {
        SourcePlace place = new(finding.File, finding.Line);
        ObjectLifetime[] arrays = [.. heap.Lifetimes.Where(one => one.Site >= 0 && one.Site < heap.Sites.Count
            && heap.Sites[one.Site].Type?.EndsWith("[]", StringComparison.Ordinal) == true)];
        ObjectLifetime[] here = [.. place.Match(arrays, one => heap.Sites[one.Site])];
        return new RentedLives(here.Sum(one => one.Bytes * one.DiedShares.Sum()), here.Sum(one => one.Bytes * one.LiveShare));
    }
}
