using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Caches and dictionaries of a heap snapshot.</summary>
internal static class HeapCacheSection
{
    private const int MostRows = 100;

    public static void Write(HtmlOutput html, HeapReport report)
    {
        if (report.Caches is not { Count: > 0 } caches)
            return;
        html.Write($"""
            <section>
            <h2>Caches and dictionaries {Markup.Measured}</h2>
            <p class="lead">Retained: the instance and all that only it keeps alive. Value: what an entry’s value alone keeps alive; shared: entries whose value something else keeps alive as well.</p>
            <div class="card scroll"><table>
            <thead><tr><th>Type, and what holds it</th><th class="right">Entries</th><th class="right">Retained</th><th class="right">Smallest value</th><th class="right">Median</th><th class="right">90 %</th><th class="right">Largest</th><th class="right">Shared</th></tr></thead>
            <tbody>

            """);
        foreach (HeapCacheRow cache in caches.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{cache.Type}<small>{cache.HeldBy()}</small></td><td class="right">{(cache.Entries is { } entries ? Amounts.Count(entries) : "?")}</td><td class="right">{Amounts.Bytes(cache.RetainedBytes)}</td><td class="right">{Size(cache.ValueBytes?.MinBytes)}</td><td class="right">{Size(cache.ValueBytes?.MedianBytes)}</td><td class="right">{Size(cache.ValueBytes?.P90Bytes)}</td><td class="right">{Size(cache.ValueBytes?.MaxBytes)}</td><td class="right">{Amounts.Count(cache.SharedValues)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }

    private static string Size(long? bytes) => bytes is { } known ? Amounts.Bytes(known) : "";
}
