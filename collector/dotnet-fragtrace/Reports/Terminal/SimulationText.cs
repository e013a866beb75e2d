using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>Simulations as a person reads them: one column for each model, then its size classes and its fidelity.</summary>
internal static class SimulationText
{
    public static void Write(IReadOnlyList<SimulationReport> results, TextWriter output)
    {
        TextCanvas canvas = new(output);
        canvas.Table(Comparison(results));
        foreach (SimulationReport result in results)
        {
            if (result.Zone is { } zone)
                canvas.Line(ZoneLine(result.Model, zone));
            if (result.SizeClasses.Count > 0)
            {
                canvas.Heading($"{result.Model}: size classes");
                canvas.Table(SizeClasses(result));
            }

            if (result.Validation is { } validation)
                ValidationText.Write(canvas, result.Model, validation);
            SimulationSeriesText.Write(canvas, $"{result.Model}: over the run", result.Series);
            SimulationSiteText.Write(canvas, $"{result.Model}: who holds the heap at the end", result.Sites);
        }

        foreach (SimulationReport result in results)
        {
            if (result.Advice is { } advice)
                AdviceText.Write(advice, output);
        }

        canvas.Heading("How far to trust this");
        canvas.Line(Honesty.SimulationNote);
        if (results[0].Gap is { } gap)
            canvas.Line(gap);
        foreach (SimulationReport result in results)
            canvas.Line($"{result.Model}: {result.Fidelity}. {result.Counting}.");
    }

    private static TextTable Comparison(IReadOnlyList<SimulationReport> results)
    {
        TextTable table = new(["", .. results.Select(result => '>' + result.Model)]);
        void Row(string name, Func<SimulationReport, string> value) =>
            table.Add([name, .. results.Select(value)]);

        Row("operations", result => Amounts.Count(result.Operations));
        Row("refused", result => Amounts.Count(result.Refused));
        Row("  with enough free bytes", result => Amounts.Count(result.Metrics.FailedWithSpace));
        Row("evicted", result => Amounts.Count(result.Evicted));
        Row("live blocks at the end", result => Amounts.Count(result.Stored));
        Row("live, requested", result => Amounts.ExactBytes(result.Metrics.LiveRequestedBytes));
        Row("live, granted", result => Amounts.ExactBytes(result.Metrics.GrantedBytes));
        Row("committed", result => Amounts.ExactBytes(result.Metrics.CommittedBytes));
        Row("resident", result => Amounts.ExactBytes(result.Metrics.ResidentBytes));
        Row("free, usable in place", result => Amounts.ExactBytes(result.Metrics.FreeBytes));
        Row("  largest free extent", result => Amounts.ExactBytes(result.Metrics.LargestFreeBytes));
        Row("peak live", result => Amounts.ExactBytes(result.Metrics.PeakLiveBytes));
        Row("peak committed", result => Amounts.ExactBytes(result.Metrics.PeakCommittedBytes));
        Row("internal fragmentation", result => Amounts.Percent(result.Metrics.Internal));
        Row("external fragmentation", result => Amounts.Percent(result.Metrics.External));
        foreach (string bytes in results.SelectMany(result => result.Metrics.Unusable.Keys).Distinct(StringComparer.Ordinal))
            Row($"unusable for {Size(bytes)}", result => Unusable(result, bytes));
        Row("trapped in live pages", result => Amounts.Percent(result.Metrics.Trapped));
        Row("overhead now", result => Amounts.Percent(result.Metrics.OverheadNow));
        Row("overhead at peak", result => Amounts.Percent(result.Metrics.OverheadAtPeak));
        Row("overhead, mean", result => Amounts.Percent(result.Metrics.OverheadMean));
        Row("resident / live", result => Amounts.Percent(result.Metrics.ResidentRatio));
        return table;
    }

    private static string Size(string bytes) => Amounts.Bytes(double.Parse(bytes, CultureInfo.InvariantCulture));

    private static string Unusable(SimulationReport result, string bytes) =>
        result.Metrics.Unusable.TryGetValue(bytes, out double ratio) ? Amounts.Percent(ratio) : "";

    private static string ZoneLine(string model, ZoneRow zone) =>
        $"{model}: zone of {Amounts.ExactBytes(zone.Bytes)}, {Amounts.Count(zone.FreePages)} of "
            + $"{Amounts.Count(zone.Pages)} pages free, the longest free run is "
            + $"{Amounts.Count(zone.LargestFreeRunPages)}.";

    private static TextTable SizeClasses(SimulationReport result)
    {
        TextTable table = new(">slot", ">pages", ">used", ">free");
        foreach (SizeClassRow size in result.SizeClasses)
        {
            table.Add(
                Amounts.ExactBytes(size.SlotBytes),
                Amounts.Count(size.Pages),
                Amounts.Count(size.Used),
                Amounts.Count(size.Free));
        }

        return table;
    }
}
