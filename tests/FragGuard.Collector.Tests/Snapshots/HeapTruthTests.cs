using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Snapshots;
using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Tests.Snapshots;

/// <summary>
/// The map of a heap against what the runtime itself measured in the same GC: sizes, and free space of large and pinned
/// objects, to the byte. Of small objects the runtime now and then counts the 24 bytes at the end of an allocation context
/// twice, in a heap where every object is listed and a root leads to it.
/// </summary>
public class HeapTruthTests
{
    private readonly TargetRuntime _runtime;

    public HeapTruthTests()
        : this(TargetRuntime.Own)
    {
    }

    private protected HeapTruthTests(TargetRuntime runtime) => _runtime = runtime;

    [Theory]
    [InlineData("0", "0", "0")]
    [InlineData("0", "1", "0")]
    [InlineData("1", "0", "0")]
    [InlineData("1", "1", "0")]
    [InlineData("0", "0", "8")]
    public async Task EveryGeneration_IsAsTheRuntimeMeasuredIt(string server, string concurrent, string conserve)
    {
        await using ShownHeap shown = await ShownHeap.OfAsync(
            _runtime.Command("punched", "60000"),
            [("DOTNET_gcServer", server), ("DOTNET_gcConcurrent", concurrent), ("DOTNET_GCConserveMemory", conserve)]);

        ObjectSnapshot snapshot = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions());
        TruthLines truth = await shown.TellAsync();

        Assert.True(snapshot.IsExact);
        Assert.Equal(truth.One("full")[0], snapshot.GcNumber + (_runtime.CollectsOnceMore ? 1 : 0));
        Assert.Equal(5, snapshot.Generations.Count);
        foreach (GenerationMap generation in snapshot.Generations)
        {
            GenerationMeasure measured = generation.Measured!.Value;
            long[] told = _runtime.CollectsOnceMore
                ? [generation.Generation, measured.BytesAfter, measured.FreeBytesAfter]
                : truth.All("generation").Single(line => line[0] == generation.Generation);
            long apart = Math.Abs(told[2] - generation.FreeBytes - generation.PadBytes);
            Assert.Equal(told[1], generation.SizeBytes);
            Assert.InRange(apart, 0, generation.Generation < 3 ? generation.SizeBytes / 100 : 0);
            Assert.Equal((told[1], told[2]), (measured.BytesAfter, measured.FreeBytesAfter));
        }

        Assert.True(snapshot.Generations[3].Holes > 100);
        Assert.True(snapshot.Generations[4].Holes > 100);
    }

    [Fact]
    public async Task Layouts_HoldEveryByteOnce()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync(_runtime.Command("punched", "60000"), []);

        ObjectSnapshot snapshot = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions());

        Assert.All(snapshot.Generations, generation =>
        {
            Assert.Equal(generation.SizeBytes, generation.LiveBytes + generation.FreeBytes + generation.PadBytes);
            Assert.Equal(0, generation.LayoutResolutionBytes);
            Assert.Equal(generation.SizeBytes, generation.Layout.Extents.Sum(extent => extent.Extent.Bytes));
            Assert.Equal(generation.Holes, generation.Layout.Extents.Count(extent => extent.Use == ExtentUse.Free));
            Assert.Equal(generation.FreeBytes, generation.HoleSizes.Sum(size => size.Bytes));
            Assert.Equal(generation.Holes, generation.HoleSizes.Sum(size => size.Holes));
        });
        Assert.Equal(snapshot.Objects, snapshot.Regions.Sum(region => region.Objects) + snapshot.OutsideObjects);
        Assert.Equal(snapshot.LiveBytes, snapshot.Types.Sum(type => type.Bytes));
        Hole largest = snapshot.LargestHoles[0];
        Assert.Equal(snapshot.Generations[largest.Generation].LargestHoleBytes, largest.Bytes);
        Assert.Contains(snapshot.LargestHoles, hole => hole is { Generation: 3, Before: "System.Byte[]", After: "System.Byte[]" });
    }

    [Fact]
    public async Task SecondSnapshot_NamesItsTypesAsWell()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync(_runtime.Command("punched", "2000"), []);

        ObjectSnapshot first = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions());
        ObjectSnapshot second = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions());

        Assert.Equal((0, 0), (first.UnnamedObjects, second.UnnamedObjects));
        Assert.True(second.GcNumber > first.GcNumber);
        Assert.True(shown.IsAlive);
    }

    [Fact]
    public async Task SnapshotBesideASessionThatListsTypes_IsExactAndSaysHowManyNamesAreMissing()
    {
        using TemporaryFolder folder = new();
        await using ShownHeap shown = await ShownHeap.OfAsync(_runtime.Command("punched", "2000"), []);
        TraceProfile types = new("types", "", [SnapshotFeed.Request], HasRundown: false);
        await using TraceSession other = await TraceSession.AttachAsync(
            shown.ProcessId, new RecordingOptions(folder.File("other.nettrace"), types));

        ObjectSnapshot snapshot = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions());

        Assert.True(snapshot.IsExact);
        Assert.InRange(snapshot.UnnamedObjects, 1, snapshot.Objects);
        Assert.Equal(
            snapshot.UnnamedObjects,
            snapshot.Types.Where(type => type.Type.StartsWith("type 0x", StringComparison.Ordinal)).Sum(type => type.Objects));
    }

    [Fact]
    public async Task AMillionObjectsInAChain_AreAllThere()
    {
        await using ShownHeap shown = await ShownHeap.OfAsync(_runtime.Command("chain", "1000000"), []);

        ObjectSnapshot snapshot = await SnapshotSession.TakeAsync(shown.ProcessId, new SnapshotOptions());

        Assert.True(snapshot.IsExact);
        TypeShare links = snapshot.Types.Single(type => type.Type.EndsWith("Link", StringComparison.Ordinal));
        Assert.Equal(1_000_000, links.Objects);
        Assert.Equal(24_000_000, links.Bytes);
        Assert.NotNull(snapshot.Caches);
        Assert.InRange(snapshot.UnreachedBytes, 0, 100_000);
    }
}
