using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>Each GC foretold, beside the runtime's own measure: first by generation, then GC by GC.</summary>
internal static class SimulationPageForecast
{
    private const int MostRows = 12;
    private const string Oldest = "gen2";

    public static IEnumerable<PageSection> Of(GcForecastReport forecast)
    {
        yield return ByGeneration(forecast);
        if (forecast.Unaided is { } unaided)
            yield return ByGeneration(unaided);
        if (forecast.Gcs.Count > 0)
            yield return ByGc(forecast);
    }

    private static PageSection ByGeneration(GcForecastReport forecast) => new(
        $"{GcForecastReport.Model}: each GC one step ahead",
        string.Join(' ', Lead(forecast)),
        Table(forecast.Generations));

    private static PageSection ByGeneration(UnaidedForecast unaided) => new(
        $"{GcForecastReport.Model}: the same with a heap of its own",
        "The model began with a copy of the heap and laid it out by itself from then on, told only what was born and what died. Sweep or "
            + $"compact was foretold right in {Amounts.Count(unaided.RightDecisions)} of {Amounts.Count(unaided.PredictedGcs)} GCs; always "
            + $"saying the same would have been right in {Amounts.Count(unaided.CommonDecisions)}.",
        Table(unaided.Generations));

    private static PageTable? Table(IReadOnlyList<ForecastGeneration> generations) => generations.Count == 0 ? null : new PageTable(
        ["generation", ">GCs", ">mean size", ">size off by", ">if unchanged", ">free off by", ">if unchanged"],
        [.. generations.Select(one => (IReadOnlyList<PageCell>)
        [
            one.Generation, Cells.Count(one.Gcs), Cells.Bytes(one.MeanBytes), Cells.Percent(one.BytesError),
            Cells.Percent(one.UnchangedBytesError), Cells.Percent(one.FreeError), Cells.Percent(one.UnchangedFreeError),
        ])]);

    private static IEnumerable<string> Lead(GcForecastReport forecast)
    {
        if (forecast.PredictedGcs > 0)
        {
            yield return $"Given {forecast.Given}. Sweep or compact was foretold right in {Amounts.Count(forecast.RightDecisions)} of "
                + $"{Amounts.Count(forecast.PredictedGcs)} GCs; always saying the same would have been right in "
                + $"{Amounts.Count(forecast.CommonDecisions)}. Sizes and free bytes are off by shares of the size; 'if unchanged' is what "
                + "saying 'as the GC before left it' would have been off by.";
        }

        if (forecast.GcsWithUnknownPins > 0)
        {
            yield return $"In {Amounts.Count(forecast.GcsWithUnknownPins)} of them objects were pinned, {Amounts.Count(forecast.MostUnknownPins)} at most, "
                + "and the recording does not say which: they were taken for objects that may be moved, and generations 0 and 1, where pins hold "
                + "regions, were not foretold. --profile full records pins.";
        }

        foreach (UnpredictedGcs missing in forecast.NotPredicted)
            yield return $"Not foretold: {Amounts.Gcs(missing.Gcs)} ({missing.Reason}).";
    }

    private static PageSection ByGc(GcForecastReport forecast) => new(
        $"{GcForecastReport.Model}: GC by GC",
        "Measured and foretold right after each GC. The last column is the difference of the free bytes as a share of the larger size.",
        new PageTable(
            [">GC", "did", "generation", ">size", ">foretold", ">free", ">foretold", ">off by"],
            [.. Shown(forecast.Gcs).SelectMany(Rows)]),
        forecast.Gcs.Count < 2 ? null : LineChart.Draw(
            "Generation 2 after each GC, measured and foretold",
            [
                Line(forecast, "size, measured", Ink.Series0, one => one.MeasuredBytes),
                Line(forecast, "size, foretold", Ink.Series4, one => one.PredictedBytes),
                Line(forecast, "free, measured", Ink.Series5, one => one.MeasuredFreeBytes),
                Line(forecast, "free, foretold", Ink.Series1, one => one.PredictedFreeBytes),
            ],
            [], Amounts.Milliseconds, Amounts.Bytes));

    private static IEnumerable<IReadOnlyList<PageCell>> Rows(ForecastGc gc) => gc.Generations.Select(one => (IReadOnlyList<PageCell>)
    [
        Cells.Count(gc.Gc), Decision(gc), one.Generation, Cells.Bytes(one.MeasuredBytes), Cells.Bytes(one.PredictedBytes),
        Cells.Bytes(one.MeasuredFreeBytes), Cells.Bytes(one.PredictedFreeBytes), Cells.Points(one.FreeError),
    ]);

    private static string Decision(ForecastGc gc)
    {
        string did = $"{GenerationNames.Of(gc.Collected)} {Words(gc.Compacted)}";
        return gc.Compacted == gc.PredictedToCompact ? did : $"{did}, foretold to {Words(gc.PredictedToCompact)}";
    }

    private static string Words(bool compacts) => compacts ? "compact" : "sweep";

    private static LineSeries Line(GcForecastReport forecast, string label, Ink ink, Func<ForecastGcGeneration, double> value) => new(
        label, ink,
        [
            .. forecast.Gcs.SelectMany(gc => gc.Generations
                .Where(one => string.Equals(one.Generation, Oldest, StringComparison.Ordinal))
                .Select(one => (gc.TimeMs, value(one)))),
        ]);

    /// <summary>All of a short list, else evenly chosen ones with the last.</summary>
    private static IEnumerable<ForecastGc> Shown(IReadOnlyList<ForecastGc> gcs)
    {
        int step = (gcs.Count + MostRows - 1) / MostRows;
        return gcs.Where((_, index) => step <= 1 || (gcs.Count - 1 - index) % step == 0);
    }
}
