using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The workload with each remedy, each as a bar of live bytes and waste.</summary>
internal static class WhatIfSection
{
    private const int MostRemedies = 50;

    public static void Write(HtmlOutput html, IReadOnlyList<WhatIfRow> rows)
    {
        if (rows.Count == 0)
            return;
        double largest = rows.Max(row => (double)row.HeapBytes);
        html.Write($"""
            <section>
            <h2>What if {Markup.Simulated}</h2>
            <p class="lead">The recorded workload played again with one thing changed. Bars: mean heap in the steady state, live part and waste.</p>
            <div class="card scroll"><table class="whatif">
            <thead><tr><th>Remedy</th><th>Heap</th><th class="right">Mean heap</th><th class="right">Change</th><th class="right">Waste</th></tr></thead>
            <tbody>

            """);
        foreach (WhatIfRow row in rows.Take(MostRemedies))
            WriteRow(html, row, largest);
        html.Write($"</tbody></table></div>\n</section>\n");
    }

    private static void WriteRow(HtmlOutput html, WhatIfRow row, double largest)
    {
        double waste = double.IsFinite(row.Waste) ? double.Clamp(row.Waste, 0, 1) : 0;
        double whole = Bar.Percent(row.HeapBytes, largest);
        html.Write($"<tr{Markup.ClassIf(row.IsBest, "best")}><td><b>{row.Remedy}</b>");
        if (row.IsBest)
            html.Write($" <span class=\"pill chosen\">best</span>");
        html.Write($"""
            <small>{row.Advice}</small></td><td class="wide"><span class="bar"><i class="used" style="width:{whole * (1 - waste)}%"></i><i class="free" style="width:{whole * waste}%"></i></span></td><td class="right">{Amounts.Bytes(row.HeapBytes)}</td><td class="right">{Amounts.Change(row.HeapChange)}</td><td class="right">{Amounts.Percent(row.Waste)}</td></tr>

            """);
    }
}
