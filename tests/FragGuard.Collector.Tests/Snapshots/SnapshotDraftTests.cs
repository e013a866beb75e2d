using System.Linq;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Snapshots;
using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Tests.Snapshots;

public sealed class SnapshotDraftTests
{
    private const ulong Start = 0x7f00_0000_0028;

    [Fact]
    public void OnlyTheFirstBlockingFullGcThatListsObjects_IsTaken()
    {
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.AddObject(Start, 24, 1, 0);
        Gc(draft, 1, generation: 1, GcKind.Blocking, objects: 5);
        Gc(draft, 2, generation: 2, GcKind.Background, objects: 5);
        Gc(draft, 3, generation: 2, GcKind.Blocking, objects: 0);
        Assert.False(draft.IsComplete);

        Gc(draft, 4, generation: 2, GcKind.Blocking, objects: 3);
        Gc(draft, 5, generation: 2, GcKind.Blocking, objects: 7);

        Assert.True(draft.IsComplete);
        Assert.Equal((4, 3), (draft.GcNumber, draft.Objects.Count));
    }

    [Fact]
    public void RegionsListedAtTheEnd_ReplaceThoseOfTheStart()
    {
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.Started(1, 2, GcKind.Blocking);
        draft.Listed(new GenerationExtent(0, Start, 100, 4000));
        draft.Listed(new GenerationExtent(1, Start + 4096, 100, 4000));
        draft.EndRegionList();
        draft.AddObject(Start, 24, 1, 0);
        draft.Listed(new GenerationExtent(2, Start, 48, 4000));
        draft.Stopped(1);

        Assert.Equal(2, Assert.Single(draft.Regions).Generation);
    }

    [Fact]
    public void MoreReferencesThanKept_LeaveTheMapAndNoCaches()
    {
        SnapshotDraft draft = new(new SnapshotLimits { MaxObjects = 2 });
        draft.Started(1, 2, GcKind.Blocking);
        draft.Listed(new GenerationExtent(2, Start, 48, 4000));
        draft.AddObject(Start, 24, 1, 13);
        for (int i = 0; i < 13; i++)
            draft.AddReference(Start);
        draft.Stopped(1);

        ObjectSnapshot snapshot = Build(draft);

        Assert.Equal(24, Assert.Single(snapshot.Generations).FreeBytes);
        Assert.Null(snapshot.Caches);
        Assert.Contains("more references", snapshot.WhyNoCaches, System.StringComparison.Ordinal);
    }

    [Fact]
    public void VeryManyHoles_AreAllCountedAndTheSmallestNotDrawn()
    {
        const int Holes = 60_000;
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.Started(1, 2, GcKind.Blocking);
        ulong at = Start;
        for (int i = 0; i < Holes; i++)
        {
            draft.AddObject(at, 24, 1, 0);
            at += 24 + (i % 100 == 0 ? 4096UL : 24);
        }

        draft.Listed(new GenerationExtent(2, Start, at - Start, at - Start));
        draft.Stopped(1);

        GenerationMap generation = Assert.Single(Build(draft).Generations);

        Assert.Equal(Holes, generation.Holes);
        Assert.Equal((600 * 4096) + ((Holes - 600) * 24), generation.FreeBytes);
        Assert.Equal(32, generation.LayoutResolutionBytes);
        Assert.Equal(600, generation.Layout.Extents.Count(extent => extent.Use == ExtentUse.Free));
        Assert.Equal(generation.SizeBytes, generation.Layout.Extents.Sum(extent => extent.Extent.Bytes));
    }

    [Theory]
    [InlineData(3, 100, 32, 68)]
    [InlineData(2, 132, 0, 132)]
    public void HoleBeforeALargeObject_LeavesItsPad(int generation, long free, long pad, long fits)
    {
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.Started(1, 2, GcKind.Blocking);
        draft.AddObject(Start + 132, 64, 1, 0);
        draft.Listed(new GenerationExtent(generation, Start, 132 + 64, 256));
        draft.Stopped(1);

        GenerationMap map = Assert.Single(Build(draft).Generations);

        Assert.Equal((free, pad, fits), (map.FreeBytes, map.PadBytes, map.LargestFitBytes));
    }

    [Fact]
    public void RegionsAndObjectsThatOverlap_AreLeftOut()
    {
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.Started(1, 2, GcKind.Blocking);
        draft.AddObject(Start, 64, 1, 0);
        draft.AddObject(Start + 32, 24, 1, 0);
        draft.AddObject(Start + 96, 1 << 30, 1, 0);
        draft.Listed(new GenerationExtent(2, Start, 128, 256));
        draft.Listed(new GenerationExtent(1, Start + 64, 128, 256));
        draft.Listed(new GenerationExtent(200, Start + 1024, 128, 256));
        draft.Stopped(1);

        ObjectSnapshot snapshot = Build(draft);

        GenerationMap generation = Assert.Single(snapshot.Generations);
        Assert.Equal((2, 64, 64), (generation.Generation, generation.LiveBytes, generation.FreeBytes));
        Assert.Equal(2, snapshot.OutsideObjects);
    }

    [Theory]
    [InlineData(long.MinValue, 0)]
    [InlineData(-1, 0)]
    [InlineData(1L << 47, 1L << 47)]
    [InlineData(1L << 48, 0)]
    [InlineData(long.MaxValue, 0)]
    public void SizeThatNoObjectHas_IsNone(long claimed, long taken)
    {
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.Started(1, 2, GcKind.Blocking);
        draft.AddObject(Start, 24, 1, 0);
        draft.AddObject(Start + 24, claimed, 1, 0);
        draft.AddObject(Start + 48, 24, 1, 0);
        draft.Stopped(1);

        Assert.Equal(48 + taken, Build(draft).LiveBytes);
    }

    [Fact]
    public void ObjectsThatNoAddressSpaceHolds_HaveNoSize_UntilTheNextGc()
    {
        SnapshotDraft draft = new(new SnapshotLimits());
        draft.Started(1, 2, GcKind.Blocking);
        draft.AddObject(Start, 1L << 47, 1, 0);
        draft.AddObject(Start + 24, 1L << 47, 1, 0);
        draft.AddObject(Start + 48, 8, 1, 0);
        Assert.Equal([1L << 47, 1L << 47, 0], Enumerable.Range(0, 3).Select(i => draft.Objects[i].Bytes));

        draft.Started(2, 2, GcKind.Blocking);
        draft.AddObject(Start, 8, 1, 0);
        Assert.Equal(8, draft.Objects[0].Bytes);
    }

    [Theory]
    [InlineData("System.Collections.Generic.Dictionary`2[System.String,System.Byte[]]", "System.Collections.Generic.Dictionary<System.String, System.Byte[]>")]
    [InlineData("System.Int32[,][]", "System.Int32[,][]")]
    [InlineData("Outer+Inner", "Outer.Inner")]
    [InlineData("System.String", "System.String")]
    public void TypeNames_AreWrittenAsInTheSource(string name, string readable) => Assert.Equal(readable, ReadableTypeName.Of(name));

    private static ObjectSnapshot Build(SnapshotDraft draft) => new SnapshotBuilder(
        draft, new ReadingState(), new RecordedTarget(1, "", "", "", "", 1), gc: null).Build();

    private static void Gc(SnapshotDraft draft, int number, int generation, GcKind kind, int objects)
    {
        draft.Started(number, generation, kind);
        for (int i = 0; i < objects; i++)
            draft.AddObject(Start + ((ulong)i * 24), 24, 1, 0);
        draft.Stopped(number);
    }
}
