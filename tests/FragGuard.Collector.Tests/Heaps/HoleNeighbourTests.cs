using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Heaps;

public sealed class HoleNeighbourTests
{
    private const int LargeObjects = 3;

    [Fact]
    public async Task HolesBetweenLargeArrays_StandBesideTheSiteOfTheArrays()
    {
        WatchedRun watched = await WatchedRun.OfAsync("layout");
        HeapHistory heap = watched.Run.Heap;
        GenerationLayout loh = heap.Find(HeapMomentKind.Last)!.Generations[LargeObjects];
        HoleNeighbour first = loh.Neighbours[0];

        // Every third of 120 arrays died: 40 holes between arrays of one site.
        Assert.EndsWith("LargeArrays.Make", heap.Sites[first.Site].Name, StringComparison.Ordinal);
        Assert.InRange(loh.Figures.Holes, 35, 45);
        Assert.InRange(first.Seen, (2 * loh.Figures.Holes) - 10, 2 * loh.Figures.Holes);
        Assert.InRange(first.SeenBytes, loh.Figures.FreeBytes * 0.8, loh.Figures.FreeBytes);
        Assert.InRange(first.EstimatedBytes, first.SeenBytes * 0.99, loh.Figures.FreeBytes);
    }

    [Fact]
    public async Task EverySideOfAHole_IsCountedOnce()
    {
        WatchedRun watched = await WatchedRun.OfAsync(TargetProgram.Command("heap", "2", "40", "20"), HeapProfiles.Samples);
        GenerationLayout[] all = [.. watched.Run.Heap.Snapshots.SelectMany(one => one.Generations)];

        Assert.NotEmpty(all);
        Assert.All(all, one => Assert.Equal(
            2 * one.HoleSizes.Sum(bucket => bucket.Holes), one.Neighbours.Sum(side => side.Seen) + one.UnknownSides + one.EdgeSides));
        Assert.All(all, one => Assert.Equal(one.Figures.Holes, one.HoleSizes.Sum(bucket => bucket.Holes)));
        Assert.All(all, one => Assert.Equal(one.Figures.SizeBytes, one.Layout.Counters.CommittedBytes));
    }

    [Fact]
    public async Task WithoutSurvivors_NothingIsSaidOfPlacesAndDeaths()
    {
        WatchedRun watched = await WatchedRun.OfAsync(TargetProgram.Command("ages"), HeapProfiles.WithoutSurvivors);
        HeapHistory heap = watched.Run.Heap;

        Assert.Empty(heap.Snapshots);
        Assert.All(watched.Run.Collections, gc => Assert.Empty(gc.Reconstruction));
        Assert.Equal(1, heap.UnknownLifetimeRatio);
        Assert.All(heap.Lifetimes, one => Assert.Equal(1, one.UnjudgedShare, 6));
    }
}
