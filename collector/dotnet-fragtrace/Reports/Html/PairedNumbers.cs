using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>Simulated and measured values of the same quantities, side by side, with bars of one scale for each row.</summary>
internal static class PairedNumbers
{
    private const int MostRows = 25;

    public static void Write(
        HtmlOutput html, IReadOnlyDictionary<string, double> simulated, IReadOnlyDictionary<string, double> measured)
    {
        string[] names = [.. simulated.Keys.Union(measured.Keys, StringComparer.Ordinal).Take(MostRows)];
        if (names.Length == 0)
            return;
        html.Write($"""
            <div class="scroll"><table class="numbers">
            <thead><tr><th></th><th>Predicted {Markup.Simulated}</th><th>Measured</th></tr></thead>
            <tbody>

            """);
        foreach (string name in names)
        {
            double largest = Math.Max(ValueOf(simulated, name) ?? 0, ValueOf(measured, name) ?? 0);
            html.Write($"<tr><th>{Quantity.Label(name)}</th>");
            WriteNumber(html, name, ValueOf(simulated, name), largest, new Markup("predicted"));
            WriteNumber(html, name, ValueOf(measured, name), largest, new Markup("seen"));
            html.Write($"</tr>\n");
        }

        html.Write($"</tbody></table></div>\n");
    }

    private static double? ValueOf(IReadOnlyDictionary<string, double> numbers, string name) =>
        numbers.TryGetValue(name, out double value) ? value : null;

    private static void WriteNumber(HtmlOutput html, string name, double? value, double largest, Markup barClass)
    {
        if (value is not { } number)
        {
            html.Write($"<td class=\"absent\">–</td>");
            return;
        }

        html.Write($"""
            <td><b>{Quantity.Format(name, number)}</b><span class="bar"><i class="{barClass}" style="width:{Bar.Percent(number, largest)}%"></i></span></td>
            """);
    }
}
