using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

public sealed class GcHeapAdviceTests
{
    private static readonly SizeMix Mixed = new([new SizeMixPart(90 << 10, 1 << 20)]);

    [Fact]
    public void MixedLargeArrays_WasteAboutHalfTheHeap()
    {
        CacheAdvice advice = CacheAdvisor.OnGcHeap(Mixed);

        Assert.Equal("dotnet-loh", advice.AsWritten.Model);
        Assert.InRange(advice.AsWritten.Waste, 0.4, 0.65);
        Assert.InRange(advice.AsWritten.Overhead, 0.8, 1.6);
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
    public void LargerCache_IsScaledUp()
    {
        CacheAdvice small = CacheAdvisor.OnGcHeap(Mixed);
        CacheAdvice large = CacheAdvisor.OnGcHeap(Mixed with { Entries = 6_000 });

        Assert.Equal(small.AsWritten.Waste, large.AsWritten.Waste, 0.001);
        Assert.Equal(small.AsWritten.HeapBytes * 10.0, large.AsWritten.HeapBytes, 10.0);
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

        Assert.Equal(advice.AsWritten.HeapBytes, HeapOf(advice, "one-size"));
    }

    private static long HeapOf(CacheAdvice advice, string id) =>
        advice.Remedies.Single(remedy => string.Equals(remedy.Id, id, System.StringComparison.Ordinal)).Prediction.HeapBytes;
}
