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
            <thead><tr><th>Pool</th><th class="right">Length</th><th class="right">Rented</th><th class="right">Newly allocated</th><th class="right">Returned</th><th class="right">Dropped</th><th class="right">Trimmed</th><th class="right">Outstanding</th></tr></thead>
            <tbody>

            """);
        foreach (PoolRow pool in pools.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{pool.Pool}</td><td class="right">{Amounts.Count(pool.Length)}</td><td class="right">{Amounts.Count(pool.Rented)}</td><td class="right">{Amounts.Count(pool.Allocated)}</td><td class="right">{Amounts.Count(pool.Returned)}</td><td class="right">{Amounts.Count(pool.Dropped)}</td><td class="right">{Amounts.Count(pool.Trimmed)}</td><td class="right">{Amounts.Count(pool.Outstanding)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }
}
