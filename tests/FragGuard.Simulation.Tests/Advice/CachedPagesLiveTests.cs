using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Tests.Models.DotNet;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

/// <summary>
/// A cache of 600 pages of 90 KB to 1 MB, replaced at random, in a real process under several settings, against what
/// the advisor says of it.
/// </summary>
public sealed class CachedPagesLiveTests
{
    private static readonly SizeMix Pages = new([new SizeMixPart(90_000, 1_000_000)], 600, 24_000, 1);

    [Theory]
    [InlineData("as-written", 0)]
    [InlineData("conserve-memory-5", 5)]
    [InlineData("conserve-memory-9", 9)]
    public void DefaultGc_WastesWhatTheAdvisorSays(string prediction, int conserve)
    {
        Dictionary<string, string> environment = new(RuntimeReplay.Defaults, StringComparer.Ordinal)
        {
            ["DOTNET_GCConserveMemory"] = conserve.ToString(CultureInfo.InvariantCulture),
        };
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("loh", SyntheticWorkload.Blocks(Pages), environment);
        RuntimeGc[] settled = [.. RuntimeReplay.Collections(lines)
            .Where(gc => gc.Index >= SyntheticWorkload.SteadyFrom(Pages) && gc.SizeBytes > 0)];
        double measured = settled.Average(gc => gc.Fragmentation);

        CachePrediction predicted = PredictionOf(prediction);
        Report(prediction, measured, settled.Average(gc => gc.HeapBytes), predicted);
        Assert.Equal(measured, predicted.Waste, 0.10);
    }

    [Fact]
    public void PooledChunks_TakeTheHeapTheAdvisorSays()
    {
        IReadOnlyList<string[]> lines = RuntimeReplay.Run("chunks", SyntheticWorkload.Blocks(Pages), RuntimeReplay.Defaults);
        RuntimeGc last = RuntimeReplay.Collections(lines)[^1];

        CachePrediction predicted = PredictionOf("pooled-chunks");
        Report("pooled-chunks", 1 - ((double)predicted.LiveBytes / last.HeapBytes), last.HeapBytes, predicted);
        Assert.Equal(last.HeapBytes, predicted.HeapBytes, last.HeapBytes * 0.05);
    }

    private static CachePrediction PredictionOf(string name)
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(Pages);
        return advice.Remedies.SingleOrDefault(remedy => string.Equals(remedy.Id, name, StringComparison.Ordinal))?.Prediction
            ?? advice.AsWritten;
    }

    private static void Report(string name, double waste, double heapBytes, CachePrediction predicted) =>
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: waste {waste:f3} measured, {predicted.Waste:f3} predicted; heap after GC {heapBytes / 1e6:f0} MB measured; "
            + $"mean committed {predicted.HeapBytes / 1e6:f0} MB predicted; live {predicted.LiveBytes / 1e6:f0} MB"));
}
