using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>A simulated heap over its run as a person reads it: a few moments, as even over the run as it was looked at.</summary>
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
        foreach (SeriesRow row in Picked(series))
        {
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

    /// <summary>For each part of the run, the last moment within it.</summary>
    private static IEnumerable<SeriesRow> Picked(IReadOnlyList<SeriesRow> series)
    {
        long operations = series[series.Count - 1].Operation + 1;
        return series.GroupBy(row => row.Operation * Rows / operations).Select(part => part.Last());
    }
}
