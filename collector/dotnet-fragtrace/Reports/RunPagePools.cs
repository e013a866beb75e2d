using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>What array pools, recyclable memory streams and the memory pools of ASP.NET Core did.</summary>
internal static class RunPagePools
{
    public static IEnumerable<PageSection> Of(RunReport report)
    {
        if (report.Pools.Count > 0)
            yield return Arrays(report.Pools);
        if (report.Streams is { } streams)
        {
            yield return Streams(streams);
            if (streams.Sites.Count > 0)
                yield return Sites(streams.Sites);
        }

        if (report.MemoryPools.Count > 0)
            yield return MemoryPools(report.MemoryPools);
    }

    private static PageSection Arrays(IReadOnlyList<PoolRow> pools) => new(
        "Array pools", string.Join(' ', PoolWords.Notes(pools)),
        new PageTable(
            [
                "pool", ">length", ">rented", ">hits", ">made", "why", ">returned", ">dropped", ">trimmed", ">out", ">idle",
                ">keeps at most",
            ],
            [.. pools.Select(pool => (IReadOnlyList<PageCell>)
            [
                PoolWords.Name(pool), Cells.Count(pool.Length), Cells.Count(pool.Rented, PoolWords.Unknown),
                Cells.Percent(pool.HitRatio, PoolWords.Unknown), Cells.Count(pool.Allocated), PoolWords.Misses(pool),
                Cells.Count(pool.Returned, PoolWords.Unknown), Cells.Count(pool.Dropped), Cells.Count(pool.Trimmed),
                Cells.Count(pool.Outstanding, PoolWords.Unknown),
                Cells.Of(PoolWords.Idle(pool), pool.IdleBytesAtLeast ?? pool.IdleAtLeast), Cells.Of(PoolWords.Bound(pool), pool.Bound),
            ])]))
    {
        Evidence = Evidence.Measured,
    };

    private static PageSection Streams(StreamReport streams) => new(
        "Recyclable memory streams", string.Join(' ', StreamWords.Facts(streams)),
        new PageTable(
            ["pool", ">made", ">discarded, too large", ">times discarded, enough free", ">in use", ">peak in use", ">free"],
            [.. streams.Pools.Select(pool => (IReadOnlyList<PageCell>)
            [
                pool.Pool, Cells.Count(pool.Made), Cells.Count(pool.DiscardedTooLarge), Cells.Count(pool.DiscardedEnoughFree),
                Cells.Bytes(pool.InUseBytes, PoolWords.Unknown), Cells.Bytes(pool.PeakInUseBytes, PoolWords.Unknown),
                Cells.Bytes(pool.FreeBytes, PoolWords.Unknown),
            ])]))
    {
        Evidence = Evidence.Measured,
    };

    private static PageSection Sites(IReadOnlyList<StreamSiteRow> sites) => new(
        "Who creates recyclable streams", "",
        new PageTable(
            ["created by", "tag", ">created", ">disposed", ">never disposed", ">live"],
            [.. sites.Select(site => (IReadOnlyList<PageCell>)
            [
                site.Site, site.Tag, Cells.Count(site.Created), Cells.Count(site.Disposed), Cells.Count(site.Finalized),
                Cells.Count(site.Outstanding),
            ])]))
    {
        Evidence = Evidence.Measured,
    };

    private static PageSection MemoryPools(IReadOnlyList<MemoryPoolRow> pools) => new(
        "Memory pools of ASP.NET Core", pools.Any(pool => !pool.IsSinceStart) ? StreamWords.SinceListening : "",
        new PageTable(
            ["owner", ">pooled", ">peak pooled", ">allocated", ">evicted", ">rented"],
            [.. pools.Select(pool => (IReadOnlyList<PageCell>)
            [
                StreamWords.Owner(pool), Cells.Bytes(pool.PooledBytes), Cells.Bytes(pool.PeakPooledBytes),
                Cells.Bytes(pool.AllocatedBytes), Cells.Bytes(pool.EvictedBytes), Cells.Bytes(pool.RentedBytes),
            ])]))
    {
        Evidence = Evidence.Measured,
    };
}
