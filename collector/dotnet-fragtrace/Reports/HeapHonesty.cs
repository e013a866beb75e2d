using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>How far the generations, neighbours, pins and lifetimes of a report can be trusted.</summary>
internal static class HeapHonesty
{
    public static IEnumerable<string> Facts(HeapDetail heap)
    {
        foreach (HeapPicture picture in heap.Moments.Where(static one => one.Generations.Any(static row => row.Map.Count > 0)))
        {
            long bytes = picture.Generations.Sum(static row => row.Bytes);
            long unknown = picture.Generations.Sum(static row => row.UnknownBytes ?? 0);
            yield return $"Heap after GC {Amounts.Count(picture.Gc)}: put together from the survivors that GCs listed; "
                + $"{Amounts.Percent(bytes == 0 ? 0 : (double)unknown / bytes)} of its bytes are unknown, "
                + "handed out since their generation was last collected. "
                + "Holes that were filled since then still count as free.";
        }

        if (heap.Lifetimes.Count == 0)
            yield break;

        long samples = heap.Lifetimes.Sum(static row => row.Samples);
        yield return string.Equals(heap.Sampling, HeapDetailBuilder.Drawn, StringComparison.Ordinal)
            ? $"Lifetimes and neighbours rest on {Amounts.Count(samples)} sampled objects, drawn once in 102,400 allocated bytes: "
                + "±x is the 95 % interval for that many samples."
            : $"Lifetimes and neighbours rest on {Amounts.Count(samples)} allocation ticks, one about every 100 KiB: a program "
                + "that allocates in a fixed rhythm biases them, so no error can be stated.";
        yield return $"Of the sampled bytes {Amounts.Percent(heap.UnknownLifetimeRatio)} met no GC that showed whether they live.";
    }
}
