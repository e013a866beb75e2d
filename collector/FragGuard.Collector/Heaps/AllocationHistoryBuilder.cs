using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Heaps;

/// <summary>Turns sampled allocations into who allocated how much, once sites can be resolved.</summary>
/// <param name="numberOf">Number of a site in the history.</param>
internal sealed class AllocationHistoryBuilder(SampledObjects samples, SiteResolver resolver, Func<ObjectSource, int> numberOf)
{
    public const int MaxStacks = 1_000;
    private const int MaxFrames = 128;

    public AllocationHistory Build(Dictionary<int, SourceLifetimes> bySource)
    {
        List<Born> known = [];
        SourceLifetimes other = new();
        foreach ((int source, SourceLifetimes sums) in bySource)
        {
            if (source >= 0 && sums.Samples > 0)
                known.Add(new Born(source, sums));
        }

        known.Sort(static (one, another) => one.Sums.BornBytes == another.Sums.BornBytes
            ? one.Source.CompareTo(another.Source) : another.Sums.BornBytes.CompareTo(one.Sums.BornBytes));
        StackAllocations[] stacks = new StackAllocations[Math.Min(known.Count, MaxStacks)];
        for (int i = 0; i < known.Count; i++)
        {
            if (i < stacks.Length)
                stacks[i] = Stack(known[i].Source, known[i].Sums);
            else
                other.Add(known[i].Sums);
        }

        foreach ((int source, SourceLifetimes sums) in bySource)
        {
            if (source < 0)
                other.Add(sums);
        }

        return new AllocationHistory
        {
            Stacks = stacks,
            OtherSamples = other.Samples,
            OtherBytes = other.BornBytes,
            OtherObjects = other.BornObjects,
            StepMs = samples.Steps.StepMs,
            OverTime = OverTime(),
        };
    }

    private StackAllocations Stack(int source, SourceLifetimes sums)
    {
        (int stack, string type) = samples.Sources.BornWith(source);
        IReadOnlyList<CodeFrame> frames = resolver.FramesOf(stack);
        return new StackAllocations(
            frames.Count <= MaxFrames ? frames : [.. frames.TakeLast(MaxFrames)],
            type, SiteOf(source), sums.Samples, sums.BornBytes, sums.BornObjects);
    }

    private (int Site, IReadOnlyList<double> Bytes)[] OverTime()
    {
        Dictionary<int, Row> bySite = [];
        foreach ((int source, double[] steps) in samples.Steps.BySource)
        {
            int site = SiteOf(source);
            if (!bySite.TryGetValue(site, out Row? row))
                bySite[site] = row = new Row(site, samples.Steps.Count);
            row.Add(steps);
        }

        Row[] rows = [.. bySite.Values];
        foreach (Row row in rows)
            row.Sum();
        Array.Sort(rows, static (one, other) =>
            one.AllBytes == other.AllBytes ? one.Site.CompareTo(other.Site) : other.AllBytes.CompareTo(one.AllBytes));
        return Array.ConvertAll(rows, static row => (row.Site, (IReadOnlyList<double>)row.Bytes));
    }

    private int SiteOf(int source) =>
        source < 0 ? AllocationSources.Unknown : numberOf(new ObjectSource(source, IsLarge: false));

    private sealed record Born(int Source, SourceLifetimes Sums);

    /// <summary>What one site allocated in each step.</summary>
    private sealed class Row(int site, int steps)
    {
        public int Site => site;

        public double[] Bytes { get; } = new double[steps];

        public double AllBytes { get; private set; }

        public void Add(double[] bytes)
        {
            for (int i = 0; i < Bytes.Length; i++)
                Bytes[i] += bytes[i];
        }

        public void Sum()
        {
            foreach (double bytes in Bytes)
                AllBytes += bytes;
        }
    }
}
