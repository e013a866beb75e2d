using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>What recyclable memory streams and the memory pools of ASP.NET Core did.</summary>
internal static class StreamSection
{
    private const int MostRows = 200;

    public static void Write(HtmlOutput html, StreamReport? streams)
    {
        if (streams is null)
            return;
        html.Write($"""
            <section>
            <h2>Recyclable memory streams {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th>Pool</th><th class="right">Buffers made</th><th class="right">Discarded, too large</th><th class="right">Discarded, enough free</th><th class="right">In use</th><th class="right">Peak in use</th><th class="right">Free</th></tr></thead>
            <tbody>

            """);
        foreach (StreamPoolRow pool in streams.Pools)
        {
            html.Write($"""
                <tr><td>{pool.Pool}</td><td class="right">{Amounts.Count(pool.Made)}</td><td class="right">{Amounts.Count(pool.DiscardedTooLarge)}</td><td class="right">{Amounts.Count(pool.DiscardedEnoughFree)}</td><td class="right">{PoolWords.Bytes(pool.InUseBytes)}</td><td class="right">{PoolWords.Bytes(pool.PeakInUseBytes)}</td><td class="right">{PoolWords.Bytes(pool.FreeBytes)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n");
        foreach (string fact in StreamWords.Facts(streams))
            html.Write($"<p class=\"rest\">{fact}</p>\n");
        WriteSites(html, streams.Sites);
        html.Write($"</section>\n");
    }

    public static void Write(HtmlOutput html, IReadOnlyList<MemoryPoolRow> pools)
    {
        if (pools.Count == 0)
            return;
        html.Write($"""
            <section>
            <h2>Memory pools of ASP.NET Core {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th>Owner</th><th class="right">Pooled</th><th class="right">Peak pooled</th><th class="right">Allocated</th><th class="right">Evicted</th><th class="right">Rented</th></tr></thead>
            <tbody>

            """);
        foreach (MemoryPoolRow pool in pools.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{StreamWords.Owner(pool)}</td><td class="right">{Amounts.Bytes(pool.PooledBytes)}</td><td class="right">{Amounts.Bytes(pool.PeakPooledBytes)}</td><td class="right">{Amounts.Bytes(pool.AllocatedBytes)}</td><td class="right">{Amounts.Bytes(pool.EvictedBytes)}</td><td class="right">{Amounts.Bytes(pool.RentedBytes)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n");
        if (pools.Any(pool => !pool.IsSinceStart))
            html.Write($"<p class=\"rest\">{StreamWords.SinceListening}</p>\n");
        html.Write($"</section>\n");
    }

    private static void WriteSites(HtmlOutput html, IReadOnlyList<StreamSiteRow> sites)
    {
        if (sites.Count == 0)
            return;
        html.Write($"""
            <div class="card scroll"><table>
            <thead><tr><th>Created by</th><th>Tag</th><th class="right">Created</th><th class="right">Disposed</th><th class="right">Never disposed</th><th class="right">Live</th></tr></thead>
            <tbody>

            """);
        foreach (StreamSiteRow site in sites.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{site.Site}</td><td>{site.Tag}</td><td class="right">{Amounts.Count(site.Created)}</td><td class="right">{Amounts.Count(site.Disposed)}</td><td class="right">{Amounts.Count(site.Finalized)}</td><td class="right">{Amounts.Count(site.Outstanding)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n");
    }
}
