using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Caches;

public sealed class CacheUseTests
{
    [Fact]
    public async Task Cache_IsCountedByTheLineThatStores()
    {
        WatchedRun watched = await WatchedRun.OfAsync("cache");
        long[] truth = watched.Truth.One("cache");
        CacheUse cache = Assert.Single(watched.Run.Caches);
        StoreSite site = Assert.Single(cache.Sites);

        Assert.Equal("prices", cache.Name);
        Assert.Equal((truth[0], 450, truth[0] - 450), (cache.Stored, cache.Removed, cache.LiveEntries));
        Assert.Equal((truth[0], truth[1]), (cache.PeakLiveEntries, cache.PeakLiveBytes));
        Assert.Equal((1_000, 2_999), (cache.MinEntryBytes, cache.MaxEntryBytes));
        Assert.Equal((200, 250), (cache.RemovedByReason["Replaced"], cache.RemovedByReason["Capacity"]));
        Assert.EndsWith("Cache.Store", site.Site.Name, StringComparison.Ordinal);
        Assert.Equal(truth[2], site.Site.Line);
        Assert.Equal((truth[0], truth[1]), (site.Stored, site.StoredBytes));
    }

    [Fact]
    public void Timeline_StaysSmall_AndEndsWithTheLastMoment()
    {
        CacheLog log = new();
        for (int i = 0; i < 100_000; i++)
            log.Stored(i, "cache", i, 10, StackTable.Empty);
        log.Removed(100_000, "cache", 0, "expired");

        using SiteResolver resolver = new(new StackTable(), new MethodMap(), new SymbolFolders([]));
        IReadOnlyList<CacheMoment> timeline = Assert.Single(log.Build(resolver)).Timeline;
        Assert.InRange(timeline.Count, 200, 512);
        Assert.Equal(new CacheMoment(100_000, 99_999, 999_990), timeline[^1]);
        Assert.Equal(timeline.OrderBy(moment => moment.TimeMs), timeline);
    }
}
