using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class ObjectLifetimeTests
{
    private const int Gen0 = 0;
    private const int Gen2 = 2;

    /// <param name="delayMs">Of the compiler's second look: with few of them optimized code replaces the first one in the middle.</param>
    [Theory]
    [InlineData("100")]
    [InlineData("10")]
    public async Task EverySite_DiesAtTheAgeOfItsObjects(string delayMs)
    {
        LaunchCommand command = TargetProgram.Command("ages");
        Dictionary<string, string?> settings = new(command.Environment, StringComparer.Ordinal) { ["DOTNET_TC_CallCountingDelayMs"] = delayMs };
        WatchedRun watched = await WatchedRun.OfAsync(command with { Environment = settings }, HeapProfiles.Samples);
        HeapHistory heap = watched.Run.Heap;
        Assert.Equal(SampleKind.Drawn, heap.Samples);
        Assert.InRange(heap.UnknownLifetimeRatio, 0, 0.01);

        ObjectLifetime young = Of(heap, "MakeShort");
        Assert.InRange(young.DiedShares[Gen0], 0.98, 1);
        Assert.Equal(1, young.MedianGcs);
        AssertBytes(watched.Truth.One("short")[0], young);

        ObjectLifetime middle = Of(heap, "MakeMiddle");
        Assert.InRange(middle.DiedShares[Gen2], 0.98, 1);
        Assert.InRange(middle.MedianGcs!.Value, 2.5, 12);
        AssertBytes(watched.Truth.One("middle")[0], middle);

        ObjectLifetime old = Of(heap, "MakeLong");
        Assert.InRange(old.LiveShare, 0.98, 1);
        Assert.Null(old.MedianGcs);
        Assert.Null(old.MedianMs);
        AssertBytes(watched.Truth.One("long")[0], old);
    }

    [Fact]
    public async Task Ticks_TellLifetimesWhereNothingIsDrawn()
    {
        WatchedRun watched = await WatchedRun.OfAsync(TargetProgram.Command("ages"), HeapProfiles.Pins);

        Assert.Equal(SampleKind.Ticks, watched.Run.Heap.Samples);
        Assert.InRange(Of(watched.Run.Heap, "MakeShort").DiedShares[Gen0], 0.98, 1);
        Assert.InRange(Of(watched.Run.Heap, "MakeLong").LiveShare, 0.98, 1);
    }

    [Fact]
    public async Task WithoutAllocations_ThereAreNoLifetimes()
    {
        WatchedRun watched = await WatchedRun.OfAsync(TargetProgram.Command("ages"), HeapProfiles.Survivors);

        Assert.Equal(SampleKind.None, watched.Run.Heap.Samples);
        Assert.Empty(watched.Run.Heap.Lifetimes);
        Assert.NotEmpty(watched.Run.Heap.Snapshots);
    }

    [Theory]
    [InlineData(8, 0.43, 1.97)]
    [InlineData(1_000, 0.939, 1.064)]
    [InlineData(10_000, 0.980, 1.020)]
    public void Error_IsThatOfAPoissonCount(long samples, double low, double high)
    {
        SampleError error = SampleError.Of(samples);

        Assert.InRange(error.Low, low - 0.005, low + 0.005);
        Assert.InRange(error.High, high - 0.005, high + 0.005);
    }

    // Four standard deviations: samples are drawn, so one run in ten thousand may miss.
    private static void AssertBytes(long truth, ObjectLifetime lifetime)
    {
        double slack = 4 / Math.Sqrt(lifetime.Samples);
        Assert.InRange(lifetime.Bytes, truth * (1 - slack), truth * (1 + slack));
        Assert.InRange(lifetime.Objects, truth / 1_024.0 * (1 - slack), truth / 1_024.0 * (1 + slack));
    }

    private static ObjectLifetime Of(HeapHistory heap, string method) => heap.Lifetimes.Single(
        one => one.Site >= 0 && heap.Sites[one.Site].Name.EndsWith(method, StringComparison.Ordinal));
}
