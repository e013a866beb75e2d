using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// The prediction for a cache as written with its error bar: the mean and the range of several runs that the source
/// cannot tell apart. They differ by seed where the number of live entries is known, and else by that number too. A full
/// GC in the background is played both ways it can go: much is allocated beside it where entries are replaced quickly,
/// and hardly anything where they are replaced slowly, which comes to a blocking one.
/// </summary>
internal static class GcHeapSpread
{
    private const int Runs = 4;

    public static CachePrediction AsWritten(SizeMix mix, GcHeapAssumptions assumptions)
    {
        bool[] concurrencies = assumptions.IsConcurrent ? [true, false] : [false];
        CachePrediction[] runs = Variants(mix, assumptions.KnowsEntries)
            .Select(variant => new GcHeapWorkload(variant))
            .Where(workload => !workload.IsEmpty)
            .SelectMany(workload => concurrencies.Select(isConcurrent => workload.AsWritten(isConcurrent)))
            .ToArray();
        CachePrediction own = runs[0];
        return new CachePrediction(
            own.Model,
            runs.Average(run => run.Waste),
            own.LiveBytes,
            Scaled(own, runs, run => run.HeapBytes),
            Scaled(own, runs, run => run.PeakHeapBytes))
        {
            WasteLow = runs.Min(run => run.Waste),
            WasteHigh = runs.Max(run => run.Waste),
        };
    }

    private static IEnumerable<SizeMix> Variants(SizeMix mix, bool knowsEntries)
    {
        for (int run = 0; run < Runs; run++)
        {
            double share = knowsEntries ? 1 : Math.Pow(GcHeapWorkload.FillGrowth, -(double)run / Runs);
            yield return mix with
            {
                Entries = Math.Max(1, (int)(mix.Entries * share)),
                Replacements = (int)(mix.Replacements * share),
                Seed = mix.Seed + (ulong)run,
            };
        }
    }

    /// <summary>Mean of the runs' bytes per live byte, for the live bytes of the mix itself.</summary>
    private static long Scaled(CachePrediction own, CachePrediction[] runs, Func<CachePrediction, long> bytesOf) =>
        (long)(own.LiveBytes * runs.Average(run => (double)bytesOf(run) / run.LiveBytes));
}
