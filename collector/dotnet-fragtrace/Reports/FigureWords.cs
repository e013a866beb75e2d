using System;
using FragGuard.FragTrace.Gates.Metrics;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>Metrics as a person reads them.</summary>
internal static class FigureWords
{
    public static PageCell Cell(string key, double? value) => UnitOf(key) switch
    {
        MetricUnit.Bytes => Cells.Bytes(value),
        MetricUnit.Milliseconds => Cells.Milliseconds(value),
        MetricUnit.Ratio => Cells.Percent(value),
        _ => value is { } known ? Cells.Of(Amounts.Number(known), known) : Cells.Nothing,
    };

    /// <summary>Points of a ratio, else the change relative to before; a dash where one side is unknown or 0.</summary>
    public static PageCell Change(ComparedFigure figure)
    {
        if (figure is not { Before: { } before, After: { } after })
            return Cells.Nothing;
        if (UnitOf(figure.Key) == MetricUnit.Ratio)
            return Cells.Points(after - before);
        return before == 0 ? Cells.Nothing : Cells.Change((after / before) - 1);
    }

    /// <summary>A difference with its sign.</summary>
    public static PageCell ByteChange(double bytes) =>
        Cells.Of((bytes < 0 ? "−" : bytes > 0 ? "+" : "±") + Amounts.Bytes(Math.Abs(bytes)), bytes);

    private static MetricUnit UnitOf(string key) => MetricCatalogue.Find(key)?.Unit ?? MetricUnit.Count;
}
