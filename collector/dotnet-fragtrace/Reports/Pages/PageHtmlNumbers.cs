using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Html;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>Simulated and measured values, side by side; a quantity that has both gets bars of one scale.</summary>
internal static class PageHtmlNumbers
{
    private const int MostRows = 25;

    public static void Write(
        HtmlOutput html, IReadOnlyDictionary<string, double> simulated, IReadOnlyDictionary<string, double> measured)
    {
        string[] names = [.. simulated.Keys.Union(measured.Keys, StringComparer.Ordinal).Take(MostRows)];
        if (names.Length == 0)
            return;
        bool predicts = simulated.Count > 0;
        html.Write($"<div class=\"scroll\"><table class=\"numbers\">\n<thead><tr><th></th>");
        if (predicts)
            html.Write($"<th>Predicted {PageHtmlBadges.Of(Evidence.Simulated)}</th>");
        html.Write($"<th>Measured</th></tr></thead>\n<tbody>\n");
        foreach (string name in names)
        {
            double? expected = ValueOf(simulated, name);
            double? seen = ValueOf(measured, name);
            double largest = expected is null || seen is null ? 0 : Math.Max(expected.Value, seen.Value);
            html.Write($"<tr><th>{Quantity.Label(name)}</th>");
            if (predicts)
                WriteNumber(html, name, expected, largest, new Markup("predicted"));
            WriteNumber(html, name, seen, largest, new Markup("seen"));
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

        html.Write($"<td><b>{Quantity.Format(name, number)}</b>");
        if (largest > 0)
            html.Write($"<span class=\"bar\"><i class=\"{barClass}\" style=\"width:{Percent(number, largest)}%\"></i></span>");
        html.Write($"</td>");
    }

    /// <summary>The value in percent of the largest one, 0..100.</summary>
    private static double Percent(double value, double largest) =>
        double.IsFinite(value / largest) ? Math.Clamp(value / largest, 0, 1) * 100 : 0;
}
