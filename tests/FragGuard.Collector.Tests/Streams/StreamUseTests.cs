using System;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sites;
using FragGuard.Collector.Streams;

namespace FragGuard.Collector.Tests.Streams;

public sealed class StreamUseTests
{
    [Fact]
    public async Task Streams_AreThoseOfTheProgram()
    {
        WatchedRun watched = await RunAsync(TraceProfile.ByName("full"));
        StreamUse streams = watched.Run.Streams!;

        Assert.Equal([new StreamManager(131_072, 1 << 20, 1 << 27)], streams.Managers);
        Assert.Equal((40, 32, 5, 3), (streams.Created, streams.Disposed, streams.Finalized, streams.Outstanding));
        Assert.Equal((1, 1, 1), (streams.DisposedTwice, streams.OverCapacity, streams.NeverPooled));
        Assert.Equal((2, 12_000), (streams.CopiedToArray, streams.CopiedToArrayBytes));
        Assert.Equal(new StreamPool(6, 0, 1, 131_072, 6 * 131_072, 4 * 131_072), streams.Small);
        Assert.Equal(new StreamPool(1, 1, 0, 1 << 20, 4 << 20, 2 << 20), streams.Large);
    }

    [Fact]
    public async Task StreamsNeverDisposed_BelongToTheLineAndTagThatMadeThem()
    {
        WatchedRun watched = await RunAsync(TraceProfile.ByName("full"));
        StreamSite[] sites = [.. watched.Run.Streams!.Sites];

        Assert.All(sites, site => Assert.Equal(watched.Truth.One("streams")[0], site.Site.Line));
        Assert.Equal(
            [("upload", 20, 16, 3, 1), ("reply", 20, 16, 2, 2)],
            sites.Select(site => (site.Tag, (int)site.Created, (int)site.Disposed, (int)site.Finalized, (int)site.Outstanding)));
    }

    [Fact]
    public async Task LevelInformational_KnowsBuffersAndLeaks_NotStreams()
    {
        WatchedRun watched = await RunAsync(TraceProfile.ByName("pools"));
        StreamUse streams = watched.Run.Streams!;

        Assert.Equal(
            ((long?)null, (long?)null, 5L, (long?)null),
            (streams.Created, streams.Disposed, streams.Finalized, streams.Outstanding));
        Assert.Equal((6, 1), (streams.Small.Made, streams.Large.Made));
        Assert.Null(streams.CopiedToArray);
        Assert.Empty(streams.Sites);
    }

    [Fact]
    public async Task ProgramWithoutSuchStreams_SaysNothingOfThem() =>
        Assert.Null((await WatchedRun.OfAsync(TargetProgram.Command("exit", "0"), TraceProfile.ByName("full"))).Run.Streams);

    [Fact]
    public void Memory_StaysBounded_HoweverManyStreamsAndTagsThereAre()
    {
        StreamLog log = new();
        for (int i = 0; i < 300_000; i++)
            log.Created(new Guid(i, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), $"tag {i}", StackTable.Empty);
        using SiteResolver resolver = new(new StackTable(), new MethodMap(), new SymbolFolders([]));
        StreamUse streams = log.Build(resolver)!;

        Assert.Equal((300_000, 300_000 - (1 << 18)), (streams.Created, streams.Unfollowed));
        Assert.InRange(streams.Sites.Count, 4096, 4097);
        Assert.Equal(300_000, streams.Sites.Sum(site => site.Created));
    }

    private static Task<WatchedRun> RunAsync(TraceProfile profile) =>
        WatchedRun.OfAsync(TargetProgram.Command("streams"), profile);
}
