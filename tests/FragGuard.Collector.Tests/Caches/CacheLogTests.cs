using FragGuard.Collector.Caches;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Tests.Caches;

public sealed class CacheLogTests
{
    [Fact]
    public void EntriesThatDoNotFit_AreCountedButNotFollowed()
    {
        CacheLog log = new();
        for (int entry = 0; entry < CacheRoom.MaxEntries; entry++)
            log.Stored(1, "cache", entry, 10, StackTable.Empty);
        Assert.Equal(0, log.LeftOut);

        log.Stored(2, "cache", -1, 10, StackTable.Empty);
        Assert.Equal(1, log.LeftOut);

        log.Removed(3, "cache", 0, "expired");
        log.Stored(4, "cache", -2, 10, StackTable.Empty);
        log.Stored(5, "cache", 1, 10, StackTable.Empty);
        Assert.Equal(1, log.LeftOut);

        using SiteResolver resolver = new(new StackTable(), new MethodMap(), new SymbolFolders([]));
        CacheUse use = Assert.Single(log.Build(resolver));
        Assert.Equal(
            (CacheRoom.MaxEntries + 3L, 1L, CacheRoom.MaxEntries, 10L * CacheRoom.MaxEntries),
            (use.Stored, use.Removed, use.LiveEntries, use.LiveBytes));
    }

    [Fact]
    public void OneCacheTooMany_IsLeftOut_AndItsStoresAreCounted()
    {
        CacheLog log = new();
        for (int i = 0; i <= 1024; i++)
            log.Stored(1, $"cache {i}", 1, 10, StackTable.Empty);

        Assert.Equal(1, log.LeftOut);
    }
}
