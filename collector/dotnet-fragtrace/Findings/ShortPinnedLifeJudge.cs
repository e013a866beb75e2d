using System;
using System.Collections.Generic;
using FragGuard.Collector.Heaps;

namespace FragGuard.FragTrace.Findings;

/// <summary>FG3005: confirmed when most sampled bytes of the line died on the pinned heap. All figures are estimated from samples.</summary>
internal sealed class ShortPinnedLifeJudge : IJudge
{
    private const int LeastSamples = 10;
    private const double Most = 0.5;

    public string Rule => "FG3005";

    public bool RestsOnLifetimes => false;

    public Verdict Judge(Finding finding, RunEvidence evidence)
    {
        HeapHistory heap = evidence.Run.Heap;
        if (heap.Samples == SampleKind.None)
            return Verdict.Unknown("The recording samples no allocations; --profile full does.");
        SampledLives here = SampledLives.At(new SourcePlace(finding.File, finding.Line), heap);
        if (here.Samples < LeastSamples)
        {
            return Verdict.Unknown(
                $"{Numbers.Count(here.Samples)} allocations of this line were sampled; {LeastSamples} are needed to tell how long they live.");
        }

        double died = here.DiedPinnedBytes / here.Bytes;
        double alive = here.LiveBytes / here.Bytes;
        SampleError error = SampleError.Of(here.Samples);
        Dictionary<string, double> measured = new(StringComparer.Ordinal)
        {
            ["samples"] = here.Samples,
            ["allocatedBytes"] = here.Bytes,
            ["leastAllocatedBytes"] = here.Bytes * error.Low,
            ["mostAllocatedBytes"] = here.Bytes * error.High,
            ["diedPinnedShare"] = died,
            ["liveShare"] = alive,
        };
        VerdictKind kind = died >= Most ? VerdictKind.Confirmed : alive >= Most ? VerdictKind.Refuted : VerdictKind.Unknown;
        return new Verdict(
            kind,
            $"Of about {Numbers.Megabytes(here.Bytes)} allocated here ({Numbers.Count(here.Samples)} samples) GCs found {Numbers.Percent(died)} dead "
                + $"on the pinned heap and {Numbers.Percent(alive)} alive.",
            new Dictionary<string, double>(StringComparer.Ordinal),
            measured) { Exercised = here.Samples };
    }
}
