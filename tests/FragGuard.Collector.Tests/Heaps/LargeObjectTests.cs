using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sessions;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class LargeObjectTests
{
    private const int HeaderBytes = 24;

    [Theory]
    [InlineData(90_000, 1_000_000)]
    [InlineData(86_000, 100_000)]
    [InlineData(99_000, 105_000)]
    public async Task EveryBirthIsSeen(int minLength, int maxLength)
    {
        WatchedRun watched = await WatchedRun.OfAsync("large", $"{minLength}", $"{maxLength}", "2000");
        long[] truth = watched.Truth.One("large");
        LargeObjectHistory history = watched.Run.LargeObjects;

        Assert.Equal(0, watched.Run.EventsLost);
        Assert.InRange(history.Births, truth[0] - 1, truth[0] + 8);
        Assert.InRange(history.BirthBytes, truth[1] * 0.999, truth[1] * 1.005);
        Assert.InRange(history.Coverage, 0.999, 1);
        Assert.InRange(history.UnknownLifetimeRatio, 0, 0.001);
    }

    [Fact]
    public async Task LiveObjectsAtTheEnd_AreThoseTheProgramKeeps()
    {
        WatchedRun watched = await WatchedRun.OfAsync("large", "86000", "300000", "2000");
        LargeObjectHistory history = watched.Run.LargeObjects;

        // The runtime itself keeps a few large arrays.
        Assert.InRange(history.Births - history.Deaths, watched.Truth.One("large")[2], watched.Truth.One("large")[2] + 8);
    }

    [Fact]
    public async Task Trace_NeverFreesWhatIsNotLive()
    {
        WatchedRun watched = await WatchedRun.OfAsync("large", "86000", "300000", "2000");
        HashSet<long> live = [];
        foreach (AllocationEvent one in watched.Run.LargeObjects.Trace.Events)
        {
            if (one.Kind == AllocationEventKind.Allocate)
                Assert.True(live.Add(one.Id));
            if (one.Kind == AllocationEventKind.Free)
                Assert.True(live.Remove(one.Id));
        }

        Assert.Equal(
            watched.Run.Collections.Count(gc => gc is { Generation: 2, IsComplete: true }),
            watched.Run.LargeObjects.Trace.Events.Count(one => one.Kind == AllocationEventKind.Trim));
    }

    [Fact]
    public async Task PayloadBytes_AreTheArrayLength_RoundedToTheAlignment()
    {
        WatchedRun watched = await WatchedRun.OfAsync("layout");
        long[] lengths = [.. Enumerable.Range(0, 120).Select(i => 86_000L + (i * 1_000))];
        AllocationEvent[] recorded =
        [
            .. watched.Run.LargeObjects.Trace.Events
                .Where(one => one.Kind == AllocationEventKind.Allocate && one.Bytes >= 86_000 && (one.Site < 0 || IsMade(watched, one))),
        ];

        Assert.Equal(lengths.Length, recorded.Length);
        Assert.All(lengths.Zip(recorded), pair => Assert.InRange(pair.Second.Bytes, pair.First, pair.First + 7));

        // Only those below 100 KiB go by without an event of their own.
        Assert.All(recorded, one => Assert.True(one.Site >= 0 || one.Bytes < 100 << 10));
        Assert.Contains(recorded, static one => one.Site < 0);
    }

    [Fact]
    public async Task Layout_IsWhereTheProgramSaysItsArraysAre()
    {
        WatchedRun watched = await WatchedRun.OfAsync("layout");
        IReadOnlyList<long[]> objects = [.. watched.Truth.All("object").OrderBy(one => one[0])];
        HeapSnapshot snapshot = watched.Run.Heap.Find(HeapMomentKind.Last)!;
        HeapLayout layout = snapshot.Generations[3].Layout;
        LayoutExtent[] used = [.. layout.Extents.Where(extent => extent.Use == ExtentUse.Used)];
        LayoutExtent[] own = [.. used.Where(extent => extent.RequestedBytes is >= 86_000 and < 206_000)];

        Assert.Equal(objects.Select(one => one[1]), own.Select(extent => extent.Extent.Bytes));
        for (int i = 1; i < own.Length; i++)
        {
            bool isSameRegion = objects[i][0] - objects[i - 1][0] < 1_000_000;
            if (isSameRegion)
                Assert.Equal(objects[i][0] - objects[i - 1][0], own[i].Extent.Start - own[i - 1].Extent.Start);
        }

        long[] loh = watched.Truth.One("loh");
        Assert.Equal(GcKind.Blocking, snapshot.Kind);
        Assert.Equal(loh[0], layout.Counters.CommittedBytes);
        Assert.InRange(layout.Counters.FreeBytes, loh[1] * 0.99, loh[1] * 1.01);
        Assert.Equal(own[0].RequestedBytes + HeaderBytes, own[0].Extent.Bytes);
        Assert.EndsWith(
            "LargeArrays.Make", watched.Run.Heap.Sites[own[0].Site].Name, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DOTNET_gcConcurrent", "1")]
    [InlineData("DOTNET_gcServer", "1")]
    public async Task EveryKindOfGc_KeepsWhatTheProgramKeeps(string variable, string value)
    {
        LaunchCommand command = TargetProgram.Command("large", "86000", "300000", "3000");
        Dictionary<string, string?> environment = new(command.Environment, StringComparer.Ordinal) { [variable] = value };
        WatchedRun watched = await WatchedRun.OfAsync(command with { Environment = environment }, TraceProfile.Run);
        LargeObjectHistory history = watched.Run.LargeObjects;
        long[] truth = watched.Truth.One("large");

        Assert.All(watched.Run.Collections, gc => Assert.True(gc.IsComplete, $"GC {gc.Number}"));
        Assert.InRange(history.Births, truth[0], truth[0] + 8);
        Assert.InRange(history.Births - history.Deaths, truth[2], truth[2] + 8);
    }

    [Fact]
    public async Task FreeBytesOfTheLastLayout_AreThoseTheRuntimeMeasured()
    {
        WatchedRun watched = await WatchedRun.OfAsync("large", "86000", "300000", "3000");
        HeapSnapshot last = watched.Run.Heap.Find(HeapMomentKind.Last)!;
        HeapCounters counters = last.Generations[3].Layout.Counters;
        RecordedGc gc = watched.Run.Collections.Single(one => one.Number == last.GcNumber);

        // The runtime counts the pad before each object as free.
        Assert.Equal(GcKind.Blocking, last.Kind);
        Assert.Equal(gc.Loh.BytesAfter, counters.CommittedBytes);
        Assert.InRange(gc.Loh.FreeBytesAfter - counters.FreeBytes, 0, 100 * 32);
    }

    private static bool IsMade(WatchedRun watched, AllocationEvent birth) =>
        watched.Run.LargeObjects.Trace.Sites[birth.Site].Name.EndsWith("LargeArrays.Make", StringComparison.Ordinal);
}
