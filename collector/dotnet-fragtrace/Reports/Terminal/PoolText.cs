using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>Array pools, recyclable streams and ASP.NET Core's memory pools for a terminal or a log.</summary>
internal static class PoolText
{
    /// <summary>Rows shown of a table; the rest is in the other forms.</summary>
    private const int MostRows = 50;

    /// <summary>A narrower terminal shows fewer columns, so that the names of pools stay readable.</summary>
    private const int ColumnsOfAllFigures = 110;

    public static void WriteArrays(TextCanvas canvas, IReadOnlyList<PoolRow> pools)
    {
        if (pools.Count == 0)
            return;
        canvas.Heading("Array pools, measured");
        bool hasAll = canvas.Columns >= ColumnsOfAllFigures;
        TextTable table = hasAll
            ? new("Pool", ">length", ">rented", ">hits", "made", "given up", ">out", ">idle", ">keeps")
            : new("Pool", ">length", ">rented", ">made", ">out", ">idle");
        foreach (PoolRow pool in pools.Take(MostRows))
        {
            string length = Amounts.Count(pool.Length);
            string rented = PoolWords.Count(pool.Rented);
            string outstanding = PoolWords.Count(pool.Outstanding);
            if (hasAll)
            {
                table.Add(
                    PoolWords.Name(pool), length, rented, PoolWords.Ratio(pool.HitRatio), PoolWords.Misses(pool),
                    PoolWords.Gone(pool), outstanding, PoolWords.Idle(pool), PoolWords.Bound(pool));
            }
            else
            {
                table.Add(pool.Pool, length, rented, Amounts.Count(pool.Allocated), outstanding, PoolWords.Idle(pool));
            }
        }

        canvas.Table(table);
        WriteRest(canvas, pools.Count);
        foreach (string note in PoolWords.Notes(pools))
            canvas.Line(note);
    }

    public static void WriteStreams(TextCanvas canvas, StreamReport? streams)
    {
        if (streams is null)
            return;
        canvas.Heading("Recyclable memory streams, measured");
        TextTable pools = new("Pool", ">made", ">discarded, too large", ">discarded, enough free", ">in use", ">peak", ">free");
        foreach (StreamPoolRow pool in streams.Pools)
        {
            pools.Add(
                pool.Pool, Amounts.Count(pool.Made), Amounts.Count(pool.DiscardedTooLarge),
                Amounts.Count(pool.DiscardedEnoughFree), PoolWords.Bytes(pool.InUseBytes), PoolWords.Bytes(pool.PeakInUseBytes),
                PoolWords.Bytes(pool.FreeBytes));
        }

        canvas.Table(pools);
        foreach (string fact in StreamWords.Facts(streams))
            canvas.Line(fact);
        if (streams.Sites.Count == 0)
            return;
        TextTable sites = new("Created by", "tag", ">created", ">disposed", ">never disposed", ">live");
        foreach (StreamSiteRow site in streams.Sites.Take(MostRows))
        {
            sites.Add(
                site.Site, site.Tag, Amounts.Count(site.Created), Amounts.Count(site.Disposed), Amounts.Count(site.Finalized),
                Amounts.Count(site.Outstanding));
        }

        canvas.Table(sites);
    }

    public static void WriteMemoryPools(TextCanvas canvas, IReadOnlyList<MemoryPoolRow> pools)
    {
        if (pools.Count == 0)
            return;
        canvas.Heading("Memory pools of ASP.NET Core, measured");
        TextTable table = new("Owner", ">pooled", ">peak", ">allocated", ">evicted", ">rented");
        foreach (MemoryPoolRow pool in pools.Take(MostRows))
        {
            table.Add(
                StreamWords.Owner(pool), Amounts.Bytes(pool.PooledBytes), Amounts.Bytes(pool.PeakPooledBytes),
                Amounts.Bytes(pool.AllocatedBytes), Amounts.Bytes(pool.EvictedBytes), Amounts.Bytes(pool.RentedBytes));
        }

        canvas.Table(table);
        if (pools.Any(pool => !pool.IsSinceStart))
            canvas.Line(StreamWords.SinceListening);
    }

    private static void WriteRest(TextCanvas canvas, int count)
    {
        if (count > MostRows)
            canvas.Line($"… and {Amounts.Count(count - MostRows)} more; --json has all of them.");
    }
}
