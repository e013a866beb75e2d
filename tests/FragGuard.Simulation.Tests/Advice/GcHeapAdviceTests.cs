using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

public sealed class GcHeapAdviceTests
{
    private static readonly SizeMix Mixed = new([new SizeMixPart(90 << 10, 1 << 20)]);

    /// <summary>
    /// In the steady state the budget settles where it allows 0.81 of the live bytes as garbage, which is 45 % of the
    /// heap; a heap that filled at full growth is 4.5 times its live bytes, of which 78 % are free.
    /// </summary>
    [Fact]
    public void MixedLargeArrays_WasteWhatTheBudgetAllows()
    {
        CachePrediction written = CacheAdvisor.OnGcHeap(Mixed).AsWritten;

        Assert.Equal("dotnet-loh", written.Model);
        Assert.InRange(written.WasteLow, 0.45, 0.6);
        Assert.InRange(written.WasteHigh, 0.6, 0.78);
        Assert.InRange(written.Waste, written.WasteLow, written.WasteHigh);
    }

    [Fact]
    public void MixedLargeArrays_AreBestKeptInPooledChunks()
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(Mixed);

        Assert.Equal("pooled-chunks", advice.Best?.Id);
        Assert.InRange(advice.Best!.Prediction.Waste, 0.05, 0.15);
    }

    [Fact]
    public void Remedies_AreRankedByHeap()
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(Mixed);

        Assert.Equal(
            (string[])["array-pool", "conserve-memory-5", "conserve-memory-9", "one-size", "pooled-chunks"],
            advice.Remedies.Select(remedy => remedy.Id).Order(System.StringComparer.Ordinal), System.StringComparer.Ordinal);
        Assert.Equal(
            advice.Remedies.Select(remedy => remedy.Prediction.HeapBytes).Order(),
            advice.Remedies.Select(remedy => remedy.Prediction.HeapBytes));
    }

    [Fact]
    public void StrongerConserving_MakesASmallerHeap()
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(Mixed);

        Assert.True(HeapOf(advice, "conserve-memory-9") < HeapOf(advice, "conserve-memory-5"));
        Assert.True(HeapOf(advice, "conserve-memory-5") < advice.AsWritten.HeapBytes);
    }

    [Fact]
    public void Prediction_VariesLittleWithTheSeed()
    {
        double[] waste = [.. Enumerable.Range(1, 5)
            .Select(seed => CacheAdvisor.OnGcHeap(Mixed with { Seed = (ulong)seed }).AsWritten.Waste)];

        TestContext.Current.TestOutputHelper!.WriteLine(string.Join(' ', waste));
        Assert.InRange(waste.Max() - waste.Min(), 0, 0.08);
    }

    [Fact]
    public void LargerCache_IsScaledUpFromTheSamePhase()
    {
        GcHeapAssumptions blocking = new(IsConcurrent: false, KnowsEntries: true);
        CachePrediction small = CacheAdvisor.OnGcHeap(Mixed, blocking).AsWritten;
        CachePrediction large = CacheAdvisor.OnGcHeap(Mixed with { Entries = 2_700 }, blocking).AsWritten;

        Assert.Equal(small.Waste, large.Waste, 0.000_001);
        Assert.Equal(small.HeapBytes * 4.5, large.HeapBytes, 10.0);
    }

    [Fact]
    public void KnownEntries_NarrowTheRange()
    {
        CachePrediction guessed = CacheAdvisor.OnGcHeap(Mixed, new(IsConcurrent: false, KnowsEntries: false)).AsWritten;
        CachePrediction known = CacheAdvisor.OnGcHeap(Mixed, new(IsConcurrent: false, KnowsEntries: true)).AsWritten;

        Assert.True(known.WasteHigh - known.WasteLow < guessed.WasteHigh - guessed.WasteLow);
        Assert.InRange(known.Waste, known.WasteLow, known.WasteHigh);
    }

    [Fact]
    public void ConcurrentGc_SpansSlowAndQuickReplacement()
    {
        CachePrediction blocking = CacheAdvisor.OnGcHeap(Mixed, new(IsConcurrent: false, KnowsEntries: true)).AsWritten;
        CachePrediction concurrent = CacheAdvisor.OnGcHeap(Mixed, new(IsConcurrent: true, KnowsEntries: true)).AsWritten;

        Assert.Equal(blocking.WasteHigh, concurrent.WasteHigh, 0.0001);
        Assert.True(concurrent.WasteLow < blocking.WasteLow);
    }

    [Fact]
    public void SmallObjects_ArePredictedAsNothing()
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(new SizeMix([new SizeMixPart(1_000, 84_975)]));

        Assert.Equal(0, advice.AsWritten.HeapBytes);
        Assert.Empty(advice.Remedies);
        Assert.Null(advice.Best);
    }

    /// <summary>A heap that waits for a full GC holds garbage, whatever the sizes; mixing them costs the rest.</summary>
    [Fact]
    public void ArraysOfOneSize_CannotBePadded()
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(new SizeMix([new SizeMixPart(100_000, 100_000)]));

        Assert.InRange(
            advice.Remedies.Single(remedy => string.Equals(remedy.Id, "one-size", System.StringComparison.Ordinal)).Prediction.Waste,
            advice.AsWritten.WasteLow,
            advice.AsWritten.WasteHigh);
    }

    private static long HeapOf(CacheAdvice advice, string id) =>
        advice.Remedies.Single(remedy => string.Equals(remedy.Id, id, System.StringComparison.Ordinal)).Prediction.HeapBytes;
}
