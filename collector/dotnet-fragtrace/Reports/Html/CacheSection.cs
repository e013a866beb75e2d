using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>What the instrumented caches did.</summary>
internal static class CacheSection
{
    private const int MostRows = 200;

    public static void Write(HtmlOutput html, IReadOnlyList<CacheRow> caches)
    {
        if (caches.Count == 0)
            return;
        html.Write($"""
            <section>
            <h2>Caches {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th>Cache</th><th class="right">Stored</th><th class="right">Removed</th><th class="right">Live</th><th class="right">Peak live</th><th class="right">Smallest entry</th><th class="right">Largest entry</th></tr></thead>
            <tbody>

            """);
        foreach (CacheRow cache in caches.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{cache.Name}</td><td class="right">{Amounts.Count(cache.Stored)}</td><td class="right">{Amounts.Count(cache.Removed)}</td><td class="right">{Amounts.Count(cache.LiveEntries)}</td><td class="right">{Amounts.Bytes(cache.PeakLiveBytes)}</td><td class="right">{Amounts.Bytes(cache.MinEntryBytes)}</td><td class="right">{Amounts.Bytes(cache.MaxEntryBytes)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }
}
