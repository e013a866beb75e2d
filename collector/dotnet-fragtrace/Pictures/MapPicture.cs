using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Pictures;

/// <summary>A map's shown moment as a still picture: rows of cells from the lowest address to the highest.</summary>
internal static class MapPicture
{
    private const int MostRows = 46;

    /// <summary>A name stands in thousands of cells, so its start has to do.</summary>
    private const int MostLettersOfASite = 60;

    private static readonly (Ink Ink, string Label)[] Keys =
    [
        (Ink.Used, "used"), (Ink.UsedThreeQuarters, "three quarters used"), (Ink.UsedHalf, "half used"),
        (Ink.UsedQuarter, "a quarter used"), (Ink.Free, "free"), (Ink.LargestHole, "largest hole"),
        (Ink.Released, "given back"), (Ink.Unknown, "unknown"), (Ink.Metadata, "allocator's own"),
    ];

    /// <exception cref="FragTraceException">The layout of the shown moment is none.</exception>
    public static Picture Of(PageMap map)
    {
        PageMapMoment moment = map.Moments[map.Shown];
        MapCells cells = MapCells.Of(map, CellMap.Columns * MostRows);
        MapSiteInks? sites = MapSiteInks.Of(map, cells);
        Ink[] uses = cells.Inks();
        Ink[] inks = sites is null ? uses : [.. cells.Cells.Zip(uses, sites.InkOf)];
        Picture picture = CellMap.Draw(
            $"Map of {map.Title}, {moment.Label}; {Amounts.Bytes(cells.CellBytes)} in a cell", inks, Tips(map, moment, cells),
            [.. sites?.Keys ?? [], .. KeysOf(inks)], cell => Amounts.Bytes((double)cell * cells.CellBytes));
        return picture with { Description = Description(moment, cells) };
    }

    /// <summary>What the inks that occur mean, the fullest first.</summary>
    public static IReadOnlyList<(Ink Ink, string Label)> KeysOf(IReadOnlyList<Ink> inks) =>
        [.. Keys.Where(key => inks.Contains(key.Ink))];

    private static string Description(PageMapMoment moment, MapCells cells)
    {
        string gaps = cells.GapBytes == 0 ? "" : $" {Amounts.Bytes(cells.GapBytes)} between its parts are left out.";
        return $"{moment.Caption} From the lowest address to the highest, {Amounts.Bytes(cells.CellBytes)} in a cell.{gaps}".TrimStart();
    }

    /// <summary>One for each run of cells that the same extent fills, and for each mixed cell.</summary>
    private static List<(int FirstCell, string Tip)> Tips(PageMap map, PageMapMoment moment, MapCells cells)
    {
        List<(int, string)> tips = [];
        for (int i = 0; i < cells.Cells.Count; i++)
        {
            MapCell cell = cells.Cells[i];
            if (i == 0 || !cell.IsWhole || !cells.Cells[i - 1].IsWhole || cell.MainOffset != cells.Cells[i - 1].MainOffset)
                tips.Add((i, Tip(map, moment, cell)));
        }

        return tips;
    }

    private static string Tip(PageMap map, PageMapMoment moment, MapCell cell)
    {
        MapPart main = cell.Main!;
        string address = "0x" + unchecked(moment.Start + cell.MainOffset).ToString("x", CultureInfo.InvariantCulture);
        string site = main.Site is { } index && index < map.Sites.Count ? ", " + Short(map.Sites[index]) : "";
        string age = main.AgeMs is { } ms ? $", {Amounts.Milliseconds(ms)} old" : "";
        return cell.IsWhole
            ? $"{Amounts.Bytes(main.Bytes)} {Word(main.Use)} at {address}{site}{age}"
            : $"{Amounts.Bytes(cell.UsedBytes)} used, {Amounts.Bytes(cell.FreeBytes)} free in {Amounts.Count(cell.Extents)} extents near {address}{site}";
    }

    private static string Word(MapUse use) => use switch
    {
        MapUse.Used => "used",
        MapUse.Free => "free",
        MapUse.Released => "given back",
        MapUse.Metadata => "allocator's own",
        _ => "unknown",
    };

    private static string Short(string name)
    {
        string line = Printable.Line(name);
        return line.Length > MostLettersOfASite ? line[..MostLettersOfASite] + "…" : line;
    }
}
