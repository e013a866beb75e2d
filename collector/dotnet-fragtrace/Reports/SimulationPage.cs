using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>What models make of a trace, as a page: side by side first, then each for itself.</summary>
internal static class SimulationPage
{
    public static ReportPage Of(SimulationReport report) => Of([report]);

    public static ReportPage Of(SimulationComparison comparison) => Of(comparison.Results);

    /// <param name="results">One for each model; at least one.</param>
    private static ReportPage Of(IReadOnlyList<SimulationReport> results) => new(
        "simulation",
        Title(results),
        [.. results.Where(result => result.Zone is not null).Select(result => Zone(result.Model, result.Zone!))],
        [
            .. results[0].Operations > 0 ? [SimulationPageFigures.Of(results)] : Array.Empty<PageSection>(),
            .. results.Where(result => result.Advice is not null).SelectMany(result => SimulationPageAdvice.Of(result.Advice!)),
            .. results.SelectMany(Sections),
        ],
        [.. Facts(results)]);

    private static string Title(IReadOnlyList<SimulationReport> results)
    {
        SimulationReport first = results[0];
        if (first.Operations == 0)
            return "The trace has no operations, so there is nothing to simulate" + (first.Gap is { } gap ? $": {gap.TrimEnd('.')}" : "");
        if (results.Count > 1)
        {
            SimulationReport least = results.MinBy(result => result.Metrics.ResidentBytes)!;
            return $"{Amounts.Count(results.Count)} models of one trace: {least.Model} needs least, {Amounts.Bytes(least.Metrics.ResidentBytes)} "
                + $"resident for {Amounts.Bytes(least.Metrics.LiveRequestedBytes)} live at the end";
        }

        string refused = first.Refused == 0
            ? ""
            : $"; {Amounts.Count(first.Refused)} {(first.Refused == 1 ? "request" : "requests")} refused, {Amounts.Count(first.Metrics.FailedWithSpace)} of them with enough free bytes";
        return $"{first.Model} holds {Amounts.Bytes(first.Metrics.CommittedBytes)} for {Amounts.Bytes(first.Metrics.LiveRequestedBytes)} live after "
            + $"{Amounts.Count(first.Operations)} operations; {Amounts.Percent(first.Metrics.External)} of its free bytes lie outside the largest hole{refused}";
    }

    private static string Zone(string model, ZoneRow zone) =>
        $"{model}: zone of {Amounts.ExactBytes(zone.Bytes)}, {Amounts.Count(zone.FreePages)} of {Amounts.Count(zone.Pages)} pages free, "
        + $"the longest free run is {Amounts.Count(zone.LargestFreeRunPages)}";

    private static IEnumerable<PageSection> Sections(SimulationReport result)
    {
        if (result.Validation is { } validation)
            yield return SimulationPageValidation.Of(result.Model, validation);
        if (result.Forecast is { } forecast)
        {
            foreach (PageSection section in SimulationPageForecast.Of(forecast))
                yield return section;
        }

        if (result.Series.Count > 1)
            yield return SimulationPageSeries.Of(result);
        foreach (PageSection map in SimulationPageLayouts.Of(result))
            yield return map;
        if (result.SizeClasses.Count > 0)
            yield return SizeClasses(result);
        foreach (PageSection sites in SimulationPageSites.Of(result))
            yield return sites;
    }

    private static PageSection SizeClasses(SimulationReport result) => new(
        $"{result.Model}: size classes", "",
        new PageTable(
            [">slot", ">pages", ">used", ">free", ">used bytes", ">free bytes"],
            [.. result.SizeClasses.Select(size => (IReadOnlyList<PageCell>)
            [
                Cells.ExactBytes(size.SlotBytes), Cells.Count(size.Pages), Cells.Count(size.Used), Cells.Count(size.Free),
                Cells.Bytes((double)size.Used * size.SlotBytes), Cells.Bytes((double)size.Free * size.SlotBytes),
            ])]),
        BarChart.Draw(
            $"Used and free bytes by slot size, {result.Model}", [(Ink.Used, "used"), (Ink.Free, "free")],
            [.. result.SizeClasses.Select(size => (Amounts.Bytes(size.SlotBytes), (IReadOnlyList<double>)
            [
                (double)size.Used * size.SlotBytes, (double)size.Free * size.SlotBytes,
            ]))],
            Amounts.Bytes))
    {
        Evidence = Evidence.Simulated,
    };

    private static IEnumerable<string> Facts(IReadOnlyList<SimulationReport> results)
    {
        yield return Honesty.SimulationNote;
        if (results[0].Gap is { } gap)
            yield return gap;
        foreach (SimulationReport result in results)
            yield return $"{result.Model}: {result.Fidelity}. {result.Counting}.";
    }
}
