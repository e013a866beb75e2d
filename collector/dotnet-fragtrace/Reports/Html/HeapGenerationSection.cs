using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Size, live bytes and holes of each generation.</summary>
internal static class HeapGenerationSection
{
    public static void Write(HtmlOutput html, IReadOnlyList<HeapGenerationRow> generations)
    {
        if (generations.Count == 0)
            return;
        html.Write($"""
            <section>
            <h2>Generations {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th></th><th class="right">Size</th><th class="right">Live</th><th class="right">Free</th><th class="right">Holes</th><th class="right">Largest hole</th><th class="right">Largest that fits</th><th class="right">Regions</th><th class="right">Reserved</th></tr></thead>
            <tbody>

            """);
        foreach (HeapGenerationRow row in generations)
        {
            html.Write($"""
                <tr><td>{HeapReportBuilder.NameOf(row.Generation)}</td><td class="right">{Amounts.Bytes(row.SizeBytes)}</td><td class="right">{Amounts.Bytes(row.LiveBytes)}</td><td class="right">{Amounts.Bytes(row.FreeBytes)}</td><td class="right">{Amounts.Count(row.Holes)}</td><td class="right">{Amounts.Bytes(row.LargestHoleBytes)}</td><td class="right">{Amounts.Bytes(row.LargestFitBytes)}</td><td class="right">{Amounts.Count(row.Regions)}</td><td class="right">{Amounts.Bytes(row.ReservedBytes)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }
}
