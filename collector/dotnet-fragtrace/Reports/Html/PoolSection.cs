using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>What the array pools did, for each array length.</summary>
internal static class PoolSection
{
    private const int MostRows = 200;

    public static void Write(HtmlOutput html, IReadOnlyList<PoolRow> pools)
    {
        if (pools.Count == 0)
            return;
        html.Write($"""
            <section>
            <h2>Array pools {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th>Pool</th><th>Element</th><th class="right">Length</th><th class="right">Rented</th><th class="right">Hits</th><th>Made, by reason</th><th class="right">Returned</th><th class="right">Dropped</th><th class="right">Trimmed</th><th class="right">Outstanding</th><th class="right">Idle</th><th class="right">Keeps at most</th></tr></thead>
            <tbody>

            """);
        foreach (PoolRow pool in pools.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{pool.Pool}</td><td>{PoolWords.Element(pool)}</td><td class="right">{Amounts.Count(pool.Length)}</td><td class="right">{PoolWords.Count(pool.Rented)}</td><td class="right">{PoolWords.Ratio(pool.HitRatio)}</td><td>{PoolWords.Misses(pool)}</td><td class="right">{PoolWords.Count(pool.Returned)}</td><td class="right">{Amounts.Count(pool.Dropped)}</td><td class="right">{Amounts.Count(pool.Trimmed)}</td><td class="right">{PoolWords.Count(pool.Outstanding)}</td><td class="right">{PoolWords.Idle(pool)}</td><td class="right">{PoolWords.Bound(pool)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n");
        foreach (string note in PoolWords.Notes(pools))
            html.Write($"<p class=\"rest\">{note}</p>\n");
        html.Write($"</section>\n");
    }
}
