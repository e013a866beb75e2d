using System.IO;
using System.Linq;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Streams;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Reports;

/// <summary>Recyclable streams and ASP.NET Core's memory pools as a report holds them.</summary>
internal static class StreamRows
{
    private const int MostSites = 50;

    public static StreamReport? Of(StreamUse? streams) => streams is null ? null : new StreamReport
    {
        Managers = streams.ManagersMade,
        BlockBytes = streams.Managers.Count == 0 ? null : streams.Managers[0].BlockBytes,
        Created = streams.Created,
        Disposed = streams.Disposed,
        DisposedTwice = streams.DisposedTwice,
        Finalized = streams.Finalized,
        Outstanding = streams.Outstanding,
        CopiedToArray = streams.CopiedToArray,
        CopiedToArrayBytes = streams.CopiedToArrayBytes,
        OverCapacity = streams.OverCapacity,
        NeverPooled = streams.NeverPooled,
        Pools = [Row("small", streams.Small), Row("large", streams.Large)],
        Sites = [.. streams.Sites.Take(MostSites).Select(Row)],
    };

    public static MemoryPoolRow Of(MemoryPoolUse pool) => new(
        pool.Owner, pool.IsSinceStart, pool.PooledBytes, pool.PeakPooledBytes, pool.AllocatedBytes, pool.EvictedBytes,
        pool.RentedBytes,
        [
            .. pool.Timeline.Select(moment => new MemoryPoolRowMoment(
                moment.TimeMs, moment.PooledBytes, moment.AllocatedBytes, moment.EvictedBytes, moment.RentedBytes)),
        ]);

    private static StreamPoolRow Row(string name, StreamPool pool) => new(
        name, pool.Made, pool.DiscardedTooLarge, pool.DiscardedEnoughFree, pool.LastInUseBytes, pool.PeakInUseBytes,
        pool.LastFreeBytes);

    private static StreamSiteRow Row(StreamSite site) => new(
        Place(site.Site), site.Tag, site.Created, site.Disposed, site.Finalized, site.Outstanding);

    private static string Place(AllocationSite site) =>
        site.File is null ? site.Name : $"{site.Name} {Path.GetFileName(site.File)}:{site.Line}";
}
