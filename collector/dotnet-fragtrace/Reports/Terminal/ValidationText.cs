using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>A model's prediction beside the runtime's own measure, GC by GC.</summary>
internal static class ValidationText
{
    private const int MostRows = 24;

    public static void Write(TextCanvas canvas, string model, ModelValidation validation)
    {
        canvas.Heading($"{model}: beside what the GC reported");
        TextTable table = new(">GC", "kind", ">size, measured", ">simulated", ">error", ">free, measured", ">simulated", ">error");
        foreach (ValidatedGc gc in Shown(validation.Gcs))
        {
            table.Add(
                Amounts.Count(gc.Gc),
                gc.Kind,
                Amounts.Bytes(gc.MeasuredBytes),
                Amounts.Bytes(gc.SimulatedBytes),
                Amounts.Change(gc.BytesError),
                Amounts.Percent(gc.MeasuredFragmentation),
                Amounts.Percent(gc.SimulatedFragmentation),
                Amounts.Points(gc.FragmentationError));
        }

        canvas.Table(table);
        canvas.Line(
            $"{Amounts.Count(validation.Gcs.Count)} full GCs: size off by {Amounts.Percent(validation.BytesError)} on average, "
                + $"{Amounts.Percent(validation.MaxBytesError)} at most; free share by {Size(validation.FragmentationError)}, "
                + $"{Size(validation.MaxFragmentationError)} at most.");
        canvas.Line($"Not simulated. {validation.NotSimulated}");
    }

    /// <summary>All of a short list, else evenly chosen ones with the last.</summary>
    private static IEnumerable<ValidatedGc> Shown(IReadOnlyList<ValidatedGc> gcs)
    {
        int step = (gcs.Count + MostRows - 1) / MostRows;
        return gcs.Where((_, index) => step <= 1 || (gcs.Count - 1 - index) % step == 0);
    }

    private static string Size(double difference) => Amounts.Points(difference).TrimStart('+', '±');
}
