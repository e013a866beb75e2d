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
        if (heap.AfterAny.Count > 0)
            WriteWhole(heap.AfterAny);
        Line($"mean of {heap.AfterFull.Count} full collections among them");
        if (heap.AfterFull.Count > 0)
            WriteLarge(heap.AfterFull);
        Line($"gen 0/1/2 collections {GC.CollectionCount(0)}/{GC.CollectionCount(1)}/{GC.CollectionCount(2)}");
        Line($"total pause {GC.GetTotalPauseDuration().TotalMilliseconds:F0} ms");
    }

    private void WriteWhole(IReadOnlyList<HeapSnapshot> heaps)
    {
        Bytes("GC heap", heaps.Average(heap => heap.HeapBytes));
        Bytes("committed", heaps.Average(heap => heap.CommittedBytes));
    }

    private void WriteLarge(IReadOnlyList<HeapSnapshot> heaps)
    {
        double large = heaps.Average(heap => heap.LargeBytes);
        double free = heaps.Average(heap => heap.LargeFreeBytes);
        Bytes("large object heap", large);
        Bytes("free in it", free);
        Line($"  {"fragmentation of it",-20}{(large == 0 ? 0 : free / large),9:P1}");
    }

    private void Bytes(string what, double bytes) => Line($"  {what,-20}{bytes / Megabyte,9:F1} MB");

    private void Line(FormattableString line) => output.WriteLine(line.ToString(CultureInfo.InvariantCulture));
}
