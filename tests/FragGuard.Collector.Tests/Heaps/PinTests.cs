using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public class PinTests
{
    private const string Bytes = "System.Byte[]";

    private readonly TargetRuntime _runtime;

    public PinTests()
        : this(TargetRuntime.Own)
    {
    }

    private protected PinTests(TargetRuntime runtime) => _runtime = runtime;

    [Fact]
    public async Task PinnedBuffers_HoldTheHolesBetweenThemOpen()
    {
        WatchedRun watched = await WatchedRun.OfAsync(_runtime.Command("pins", "100"), HeapProfiles.Pins);
        long[] truth = watched.Truth.One("pins");
        RecordedGc gc = watched.Run.Collections.First(one => one is { Generation: 0, Reason: "Induced" });
        PinUse[] pins = [.. watched.Run.Heap.Pins.Where(IsBytes)];
        long freeBytes = gc.Reconstruction.Take(3).Sum(one => one.FreeBytes);

        Assert.Equal(truth[1], pins.Sum(use => use.Pins));
        Assert.Equal(truth[1] * 10_024, pins.Sum(use => use.PinnedBytes));
        Assert.InRange(freeBytes, 4_000_000, 12_000_000);
        Assert.InRange(pins.Sum(use => use.HoleBytes), freeBytes * 0.9, freeBytes);
    }

    [Fact]
    public async Task WithoutPins_NothingIsHeldOpen()
    {
        WatchedRun watched = await WatchedRun.OfAsync(_runtime.Command("pins", "0"), HeapProfiles.Pins);

        Assert.DoesNotContain(watched.Run.Heap.Pins, IsBytes);
    }

    [Fact]
    public async Task AtALowerLevel_PinsAreNotReported()
    {
        WatchedRun watched = await WatchedRun.OfAsync(_runtime.Command("pins", "100"), HeapProfiles.Survivors);

        Assert.False(watched.Run.Heap.HasPins);
        Assert.Empty(watched.Run.Heap.Pins);
    }

    private static bool IsBytes(PinUse use) => string.Equals(use.Type, Bytes, StringComparison.Ordinal);
}
