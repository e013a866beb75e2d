using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The largest holes, and whose objects stand beside holes.</summary>
internal static class HeapHoleSection
{
    private const int MostRows = 50;

    public static void Write(HtmlOutput html, HeapReport report)
    {
        WriteHoles(html, report.Holes);
        WriteTypes(html, "Types beside holes", report.TypesBesideHoles);
        WriteTypes(html, "Types", report.Types);
    }

    private static void WriteHoles(HtmlOutput html, IReadOnlyList<HoleRow> holes)
    {
        if (holes.Count == 0)
            return;
        html.Write($"""
            <section>
            <h2>Largest holes {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th>Address</th><th>In</th><th class="right">Bytes</th><th>Between</th><th>And</th></tr></thead>
            <tbody>

            """);
        foreach (HoleRow hole in holes.Take(MostRows))
        {
            html.Write($"""
                <tr><td><code>{"0x" + hole.Start.ToString("x", CultureInfo.InvariantCulture)}</code></td><td>{HeapReportBuilder.NameOf(hole.Generation)}</td><td class="right">{Amounts.Bytes(hole.Bytes)}</td><td>{hole.Before ?? "start of the region"}</td><td>{hole.After ?? "end of its used part"}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }

    private static void WriteTypes(HtmlOutput html, string heading, IReadOnlyList<TypeRow> types)
    {
        if (types.Count == 0)
            return;
        html.Write($"""
            <section>
            <h2>{heading} {Markup.Measured}</h2>
            <div class="card scroll"><table>
            <thead><tr><th>Type</th><th class="right">Objects</th><th class="right">Bytes</th><th class="right">Holes beside</th><th class="right">Their bytes</th></tr></thead>
            <tbody>

            """);
        foreach (TypeRow type in types.Take(MostRows))
        {
            html.Write($"""
                <tr><td>{type.Type}</td><td class="right">{Amounts.Count(type.Objects)}</td><td class="right">{Amounts.Bytes(type.Bytes)}</td><td class="right">{Amounts.Count(type.HolesBeside)}</td><td class="right">{Amounts.Bytes(type.BytesBeside)}</td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }
}
