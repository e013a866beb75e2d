using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>The heap generation by generation, for a terminal.</summary>
internal static class HeapDetailText
{
    private const int MostRows = 20;
    private const string Nothing = "–";

    public static void Write(TextCanvas canvas, HeapDetail? detail)
    {
        if (detail is null)
            return;

        foreach (HeapPicture picture in detail.Moments)
            WriteGenerations(canvas, picture);
        WriteNeighbours(canvas, detail.Neighbours);
        WritePins(canvas, detail.Pins);
        WriteLifetimes(canvas, detail);
        if (detail.Missing.Count == 0 || detail.Moments.Count == 0)
            return;

        canvas.Heading("Not in this recording");
        foreach (string fact in detail.Missing)
            canvas.Line(fact);
    }

    private static void WriteGenerations(TextCanvas canvas, HeapPicture picture)
    {
        canvas.Heading($"{HeapPictures.Title(picture)}, measured");
        TextTable table = new("", ">size", ">live", ">free", ">unknown", ">regions", ">holes", ">largest hole", ">largest that fits");
        foreach (GenerationRow row in picture.Generations)
        {
            table.Add(
                row.Name,
                Amounts.Bytes(row.Bytes),
                Amounts.Bytes(row.LiveBytes),
                Amounts.Bytes(row.FreeBytes),
                row.UnknownBytes is { } unknown ? Amounts.Bytes(unknown) : Nothing,
                row.Regions is { } regions ? Amounts.Count(regions) : Nothing,
                row.Holes is { } holes ? Amounts.Count(holes) : Nothing,
                row.LargestHoleBytes is { } largest ? Amounts.Bytes(largest) : Nothing,
                row.LargestFitBytes is { } fit ? Amounts.Bytes(fit) : Nothing);
        }

        canvas.Table(table);
    }

    private static void WriteNeighbours(TextCanvas canvas, IReadOnlyList<NeighbourRow> rows)
    {
        if (rows.Count == 0)
            return;

        canvas.Heading("Beside the holes of the worst moment, estimated from sampled objects");
        TextTable table = new("Where", "Type and site", ">seen beside", ">hole bytes", ">95 % interval");
        foreach (NeighbourRow row in rows.Take(MostRows))
        {
            table.Add(
                row.Generation,
                row.Site ?? "unknown",
                $"{Amounts.Count(row.Sides)} sides",
                Amounts.Bytes(row.HoleBytes),
                HeapPictures.Interval(row));
        }

        canvas.Table(table);
        WriteRest(canvas, rows.Count);
    }

    private static void WritePins(TextCanvas canvas, IReadOnlyList<PinRow> rows)
    {
        if (rows.Count == 0)
            return;

        canvas.Heading("Pinned objects and the holes they hold open, measured");
        TextTable table = new("Type", "Site", ">pins", ">GCs", ">holes, mean", ">holes, most");
        foreach (PinRow row in rows.Take(MostRows))
        {
            table.Add(
                row.Type,
                row.Site ?? "unknown",
                Amounts.Count(row.Pins),
                Amounts.Count(row.Gcs),
                Amounts.Bytes(row.MeanHoleBytes),
                Amounts.Bytes(row.MostHoleBytes));
        }

        canvas.Table(table);
        WriteRest(canvas, rows.Count);
    }

    private static void WriteLifetimes(TextCanvas canvas, HeapDetail detail)
    {
        if (detail.Lifetimes.Count == 0)
            return;

        canvas.Heading("Lifetimes, estimated from sampled objects");
        TextTable table = new("Type and site", ">per second", ">±", ">gen0", ">gen1", ">gen2", ">loh, poh", ">alive", ">median");
        foreach (LifetimeRow row in detail.Lifetimes.Take(MostRows))
        {
            table.Add(
                row.Site ?? "unknown",
                Amounts.Bytes(row.BytesPerSecond),
                HeapPictures.Error(row),
                Amounts.Percent(row.DiedGen0),
                Amounts.Percent(row.DiedGen1),
                Amounts.Percent(row.DiedGen2),
                Amounts.Percent(row.DiedLoh + row.DiedPoh),
                Amounts.Percent(row.LiveShare),
                HeapPictures.Median(row));
        }

        canvas.Table(table);
        WriteRest(canvas, detail.Lifetimes.Count);
    }

    private static void WriteRest(TextCanvas canvas, int count)
    {
        if (count > MostRows)
            canvas.Line($"… and {Amounts.Count(count - MostRows)} more; --json has them.");
    }
}
