using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Findings;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Gates.Metrics;

/// <summary>The metrics of each generation of a recorded run; a key begins with the generation's name.</summary>
internal static class GenerationMetrics
{
    private const string Steady = "mean right after the full GCs of the steady state";
    private const string Worst = "at the moment with most free bytes in gen2, loh and poh";

    private const string LargeObjects = "loh";


    private static readonly Dictionary<string, MetricTable<GenerationSummary>> Means = GenerationNames.All.ToDictionary(
        static name => name,
        static name => new MetricTable<GenerationSummary>(
            RunReport.CurrentSchema,
            $"{SteadyState.LeastFullGcs} or more full GCs in the steady state (any profile)",
            Named(name,
                new Measure<GenerationSummary>($"{name}.bytes", MetricUnit.Bytes, $"size, free space included, {Steady}", one => one.MeanBytes),
                new Measure<GenerationSummary>($"{name}.freeBytes", MetricUnit.Bytes, $"free space, {Steady}", one => one.MeanFreeBytes),
                WithHeadline(name, new Measure<GenerationSummary>($"{name}.fragmentation", MetricUnit.Ratio, $"free / size, {Steady}", one => one.Fragmentation)))),
        StringComparer.Ordinal);

    private static readonly Dictionary<string, MetricTable<GenerationRow>> Holes = GenerationNames.All.ToDictionary(
        static name => name,
        static name => new MetricTable<GenerationRow>(
            RunReport.CurrentSchema,
            "GCs that list their survivors (profile layout, run or full)",
            Named(name,
                new Measure<GenerationRow>($"{name}.external", MetricUnit.Ratio, $"1 − largest hole / free bytes, {Worst}", one => one.External()),
                new Measure<GenerationRow>($"{name}.largestHoleBytes", MetricUnit.Bytes, $"largest hole, {Worst}", one => one.LargestHoleBytes).SmallerIsWorse(),
                new Measure<GenerationRow>($"{name}.holes", MetricUnit.Count, $"holes, {Worst}", one => one.Holes))),
        StringComparer.Ordinal);

    public static IEnumerable<MetricDefinition> Definitions =>
        GenerationNames.All.SelectMany(static name => Means[name].Definitions.Concat(Holes[name].Definitions));

    public static void ReadMeans(GenerationSummary generation, IDictionary<string, double> into)
    {
        if (Means.TryGetValue(generation.Name, out MetricTable<GenerationSummary>? table))
            table.Read(generation, into);
    }

    public static void ReadHoles(GenerationRow generation, IDictionary<string, double> into)
    {
        if (Holes.TryGetValue(generation.Name, out MetricTable<GenerationRow>? table))
            table.Read(generation, into);
    }

    private static IEnumerable<Measure<T>> Named<T>(string name, params IEnumerable<Measure<T>> measures) =>
        name is LargeObjects ? measures.Select(static one => one.OfLargeObjects()) : measures;

    private static Measure<GenerationSummary> WithHeadline(string name, Measure<GenerationSummary> measure) =>
        name is "gen2" or LargeObjects ? measure.Headline() : measure;
}
