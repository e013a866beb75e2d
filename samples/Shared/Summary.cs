using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace FragGuard.Samples;

/// <summary>The few lines a sample ends with; both samples print the same, so that they can be compared.</summary>
public sealed class Summary(TextWriter output)
{
    private const double Megabyte = 1_000_000;

    public void Write(string sample, ChurnResult churn, HeapWatch heap)
    {
        double seconds = churn.Elapsed.TotalSeconds;
        Line($"{sample}: {churn.Replacements} pages replaced in {seconds:F1} s ({churn.Replacements / seconds:F0}/s)");
        Bytes("live in the cache", churn.LiveBytes);
        Line($"mean of {heap.AfterAny.Count} collections in the steady state");
        Mean("GC heap", heap.AfterAny, snapshot => snapshot.HeapBytes);
        Mean("committed", heap.AfterAny, snapshot => snapshot.CommittedBytes);
        Line($"mean of {heap.AfterFull.Count} full collections among them");
        Mean("large object heap", heap.AfterFull, snapshot => snapshot.LargeBytes);
        Mean("free in it", heap.AfterFull, snapshot => snapshot.LargeFreeBytes);
        Line($"  {"fragmentation of it",-20}{FragmentationOf(heap.AfterFull),9:P1}");
        Line($"gen 0/1/2 collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}");
        Line($"total pause {GC.GetTotalPauseDuration().TotalMilliseconds:F0} ms");
    }

    private static double FragmentationOf(IReadOnlyList<HeapSnapshot> heaps)
    {
        long large = heaps.Sum(heap => heap.LargeBytes);
        return large == 0 ? 0 : (double)heaps.Sum(heap => heap.LargeFreeBytes) / large;
    }

    private void Mean(string what, IReadOnlyList<HeapSnapshot> heaps, Func<HeapSnapshot, double> bytesOf) =>
        Bytes(what, heaps.Select(bytesOf).DefaultIfEmpty().Average());

    private void Bytes(string what, double bytes) => Line($"  {what,-20}{bytes / Megabyte,9:F1} MB");

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
