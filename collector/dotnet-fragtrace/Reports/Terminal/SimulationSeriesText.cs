using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>A simulated heap over its run as a person reads it: a few moments, evenly picked.</summary>
internal static class SimulationSeriesText
{
    private const int Rows = 8;

    public static void Write(TextCanvas canvas, string heading, IReadOnlyList<SeriesRow> series)
    {
        if (series.Count < 2)
            return;
        canvas.Heading(heading);
        TextTable table = new(
            ">after", ">live", ">committed", ">resident", ">free", ">external", ">trapped", ">overhead");
        foreach (int index in Enumerable.Range(1, Rows).Select(row => (row * series.Count / Rows) - 1).Where(at => at >= 0).Distinct())
        {
            SeriesRow row = series[index];
            table.Add(
                Amounts.Count(row.Operation + 1),
                Amounts.Bytes(row.LiveRequestedBytes),
                Amounts.Bytes(row.CommittedBytes),
                Amounts.Bytes(row.ResidentBytes),
                Amounts.Bytes(row.FreeBytes),
                Amounts.Percent(row.External),
                Amounts.Percent(row.Trapped),
                Amounts.Percent(row.OverheadNow));
        }

        canvas.Table(table);
    }
}
