using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Tests.Models.DotNet;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

/// <summary>
/// A cache of 600 pages of 90 KB to 1 MB, replaced at random, in a real process under several settings, against what
/// the advisor says of it.
/// </summary>
[Collection(UndisturbedTests.Name)]
public sealed class CachedPagesLiveTests
{
    private static readonly SizeMix Pages = new([new SizeMixPart(90_000, 1_000_000)], 600, 24_000, 1);

    private static readonly long SteadyFrom = SyntheticWorkload.SteadyFrom(Pages);

    /// <summary>Background GCs share the processors with everything else that runs: the median of this many runs counts.</summary>
    private const int RunsOfDefaultGc = 3;

    /// <summary>
    /// The lengths of background GCs scatter around the measured mean, and the model's waste jumps by up to ten points between
    /// neighbouring lengths: it is taken at each of these shares of the mean, and averaged.
    /// </summary>
    private static readonly double[] NearbyLengths = [0.8, 0.9, 1, 1.1, 1.2];

    /// <summary>
    /// How much a program allocates while a background GC runs depends on the machine and its load, so the model is told
    /// what was measured; the advisor assumes a share of the live bytes.
    /// </summary>
    [Theory]
    [InlineData("as-written", 0)]
    [InlineData("conserve-memory-5", 5)]
    [InlineData("conserve-memory-9", 9)]
    public void DefaultGc_WastesWhatTheModelSays(string prediction, int conserve)
    {
        double[] errors = [.. Enumerable.Range(0, RunsOfDefaultGc).Select(_ => ErrorOfDefaultGc(prediction, conserve)).Order()];

        Assert.InRange(errors[RunsOfDefaultGc / 2], 0, 0.10);
    }

    private static double ErrorOfDefaultGc(string prediction, int conserve)
    {
        string level = conserve.ToString(CultureInfo.InvariantCulture);
        AllocationTrace trace = SyntheticWorkload.Blocks(Pages);
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("loh", trace, Conserving(RuntimeReplay.Defaults, level));
        RuntimeGc[] settled = [.. RuntimeReplay.Collections(lines).Where(gc => gc.Index >= SteadyFrom)];
        double measured = settled.Average(gc => gc.Fragmentation);
        long during = BytesDuring(trace, settled);

        double modelled = NearbyLengths.Average(factor => Modelled(trace, level, (long)(during * factor)));

        Report($"{prediction}, default GC, {during / 1e6:f0} MB during, model {modelled:f3}", measured,
            settled.Average(gc => gc.HeapBytes), PredictionOf(prediction));
        return Math.Abs(measured - modelled);
    }

    private static double Modelled(AllocationTrace trace, string conserve, long during)
    {
        LohTrace heap = new(
            "background", ("conserve", conserve), ("during", during.ToString(CultureInfo.InvariantCulture)));
        foreach (AllocationEvent next in trace.Events)
            heap.Model.Apply(next);
        return heap.Collections.Where(gc => gc.Index >= SteadyFrom).Average(gc => gc.Fragmentation);
    }

    [Fact]
    public void BlockingGc_WastesWhatTheModelSays()
    {
        AllocationTrace trace = SyntheticWorkload.Blocks(Pages);
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("loh", trace, RuntimeReplay.Blocking);
        RuntimeGc[] settled = [.. RuntimeReplay.Collections(lines).Where(gc => gc.Index >= SteadyFrom)];
        double measured = settled.Average(gc => gc.Fragmentation);

        LohTrace heap = new("self");
        foreach (AllocationEvent next in trace.Events)
            heap.Model.Apply(next);
        double modelled = heap.Collections.Where(gc => gc.Index >= SteadyFrom).Average(gc => gc.Fragmentation);

        Report($"as-written, blocking GC, model {modelled:f3}", measured,
            settled.Average(gc => gc.HeapBytes), PredictionOf("as-written"));
        Assert.Equal(measured, modelled, 0.0001);
    }

    [Fact]
    public void PooledChunks_TakeTheHeapTheAdvisorSays()
    {
        AllocationTrace trace = SyntheticWorkload.Blocks(Pages);
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("chunks", trace, RuntimeReplay.Defaults);
        RuntimeGc last = RuntimeReplay.Collections(lines)[^1];

        CachePrediction predicted = PredictionOf("pooled-chunks");
        Report("pooled-chunks", 1 - ((double)predicted.LiveBytes / last.HeapBytes), last.HeapBytes, predicted);
        Assert.Equal(last.HeapBytes, predicted.HeapBytes, last.HeapBytes * 0.05);
    }

    private static Dictionary<string, string> Conserving(IReadOnlyDictionary<string, string> settings, string level) =>
        new(settings, StringComparer.Ordinal) { ["DOTNET_GCConserveMemory"] = level };

    /// <summary>Mean bytes allocated between the start and the end of a full GC that ran in the background.</summary>
    private static long BytesDuring(AllocationTrace trace, RuntimeGc[] collections)
    {
        long[] allocated = [.. trace.Events.Select(next => next.Bytes)];
        return (long)collections.Where(gc => gc.Index > gc.StartIndex)
            .Select(gc => allocated[(int)gc.StartIndex..(int)gc.Index].Sum()).DefaultIfEmpty(0).Average();
    }

    private static CachePrediction PredictionOf(string name)
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(Pages);
        RemedyPrediction? remedy = advice.Remedies.SingleOrDefault(one => one.Id.Equals(name, StringComparison.Ordinal));
        return remedy?.Prediction ?? advice.AsWritten;
    }

    private static void Report(string name, double waste, double heapBytes, CachePrediction predicted) =>
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: waste {waste:f3} measured, {predicted.Waste:f3} predicted; "
            + $"heap after GC {heapBytes / 1e6:f0} MB measured; mean committed {predicted.HeapBytes / 1e6:f0} MB predicted; live {predicted.LiveBytes / 1e6:f0} MB"));
}
