using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;

namespace FragGuard.FragTrace.Reports.Terminal;

/// <summary>A heap snapshot for a terminal or a log.</summary>
internal static partial class HeapText
{
    private const int MostRows = 15;

    public static void Write(HeapReport report, TextWriter output)
    {
        TextCanvas canvas = new(output);
        string command = report.Target.Command.Length == 0 ? "A program whose name was not recorded" : report.Target.Command;
        string bound = report.Quality.Exact ? "" : "at least ";
        canvas.Line($"{command} (process {report.Target.ProcessId}, {report.Target.Runtime}) after GC {report.Gc}, "
            + $"which held it still for {Amounts.Milliseconds(report.PauseMs)}");
        canvas.Line($"{bound}{Amounts.Count(report.Objects)} objects, {Amounts.Bytes(report.LiveBytes)} live");
        WriteGenerations(canvas, report);
        WriteHoles(canvas, report.Holes);
        WriteTypes(canvas, "Types, most bytes first", report.Types);
        WriteTypes(canvas, "Types beside holes, most bytes of holes first", report.TypesBesideHoles);
        WriteCaches(canvas, report);
        canvas.Heading("How far to trust this");
        foreach (string fact in HeapReportHonesty.Facts(report))
            canvas.Line(fact);
    }

    private static void WriteGenerations(TextCanvas canvas, HeapReport report)
    {
        if (report.Generations.Count == 0)
            return;
        canvas.Heading("Generations");
        TextTable table = new(
            "", ">size", ">live", ">free", ">free share", ">holes", ">largest", ">fits", ">regions", ">reserved");
        foreach (HeapGenerationRow generation in report.Generations)
        {
            table.Add(
                HeapReportBuilder.NameOf(generation.Generation),
                Amounts.Bytes(generation.SizeBytes),
                Amounts.Bytes(generation.LiveBytes),
                Amounts.Bytes(generation.FreeBytes),
                generation.SizeBytes == 0 ? "" : Amounts.Percent((double)generation.FreeBytes / generation.SizeBytes),
                Amounts.Count(generation.Holes),
                Amounts.Bytes(generation.LargestHoleBytes),
                Amounts.Bytes(generation.LargestFitBytes),
                Amounts.Count(generation.Regions),
                Amounts.Bytes(generation.ReservedBytes));
        }

        canvas.Table(table);
        canvas.Line("Fits: the largest object that the largest hole takes.");
        foreach (HeapGenerationRow generation in report.Generations.Where(generation => generation.Holes > 1))
        {
            canvas.Line($"Holes of {HeapReportBuilder.NameOf(generation.Generation)}: "
                + string.Join(", ", generation.HoleSizes.Select(size =>
                    $"{Amounts.Count(size.Count)} from {Amounts.Bytes(size.MinBytes)}")));
        }

        if (report.Outside.Objects > 0)
        {
            canvas.Line($"Outside of all regions, such as string literals: {Amounts.Count(report.Outside.Objects)} objects, "
                + $"{Amounts.Bytes(report.Outside.Bytes)}");
        }
    }

    private static void WriteHoles(TextCanvas canvas, IReadOnlyList<HoleRow> holes)
    {
        if (holes.Count == 0)
            return;
        canvas.Heading("Largest holes");
        TextTable table = new("address", "in", ">bytes", "between", "and");
        foreach (HoleRow hole in holes.Take(MostRows))
        {
            table.Add(
                "0x" + hole.Start.ToString("x", CultureInfo.InvariantCulture),
                HeapReportBuilder.NameOf(hole.Generation),
                Amounts.Bytes(hole.Bytes),
                hole.Before ?? "(start of the region)",
                hole.After ?? "(end of its used part)");
        }

        canvas.Table(table);
    }

    private static void WriteTypes(TextCanvas canvas, string heading, IReadOnlyList<TypeRow> types)
    {
        if (types.Count == 0)
            return;
        canvas.Heading(heading);
        TextTable table = new("type", ">objects", ">bytes", ">holes beside", ">their bytes");
        foreach (TypeRow type in types.Take(MostRows))
        {
            table.Add(
                type.Type, Amounts.Count(type.Objects), Amounts.Bytes(type.Bytes), Amounts.Count(type.HolesBeside),
                Amounts.Bytes(type.BytesBeside));
        }

        canvas.Table(table);
    }

    private static void WriteCaches(TextCanvas canvas, HeapReport report)
    {
        if (report.Caches is not { Count: > 0 } caches)
            return;
        canvas.Heading($"Caches and dictionaries, most retained bytes first ({Amounts.Count(report.CacheInstances)} in all)");
        TextTable table = new("type", ">entries", ">retained", ">value, median", ">p90", ">largest", ">shared", "held by");
        foreach (HeapCacheRow cache in caches.Take(MostRows))
        {
            table.Add(
                Short(cache.Type),
                cache.Entries is { } entries ? Amounts.Count(entries) : "?",
                Amounts.Bytes(cache.RetainedBytes),
                cache.ValueBytes is { } values ? Amounts.Bytes(values.MedianBytes) : "",
                cache.ValueBytes is { } larger ? Amounts.Bytes(larger.P90Bytes) : "",
                cache.ValueBytes is { } largest ? Amounts.Bytes(largest.MaxBytes) : "",
                Amounts.Count(cache.SharedValues),
                Short(cache.HeldBy()));
        }

        canvas.Table(table);
        canvas.Line("Retained: the instance and all that only it keeps alive. Value: what an entry's value alone keeps alive; shared: "
            + "entries whose value something else keeps alive as well. ?: references alone do not tell.");
    }

    /// <summary>Names without their namespaces: a row has room for little more.</summary>
    private static string Short(string text) => Namespaces().Replace(text, "");

    [GeneratedRegex(@"(\w+\.)+(?=\w)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Namespaces();
}
