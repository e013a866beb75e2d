using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Reports;

/// <summary>Page maps and slot counts of zones as pictures.</summary>
internal static class ZonesPictures
{
    /// <summary>Cells of a map; a cell of a larger zone is several pages.</summary>
    private const int MostCells = 1 << 14;

    private static readonly Ink[] ClassInks =
    [
        Ink.Series0, Ink.Series1, Ink.Series2, Ink.Series3, Ink.Series4, Ink.Series5, Ink.Series6, Ink.Series7, Ink.Series8, Ink.Series9,
    ];

    public static Picture PageMap(ZonesRow zone)
    {
        int pagesPerCell = (zone.PageMap.Length + MostCells - 1) / MostCells;
        List<Ink> cells = [];
        List<(int FirstCell, string Tip)> tips = [];
        char before = '\0';
        for (int page = 0; page < zone.PageMap.Length; page += pagesPerCell)
        {
            char letter = Usual(zone.PageMap.AsSpan(page, Math.Min(pagesPerCell, zone.PageMap.Length - page)));
            if (letter != before)
                tips.Add((cells.Count, Tip(zone, letter)));
            before = letter;
            cells.Add(InkOf(letter));
        }

        (Ink, string)[] keys =
        [
            .. zone.SizeClasses.Select((row, i) => (Row: row, Index: i)).Where(item => item.Row.Pages > 0)
                .Select(item => (ClassInks[item.Index % ClassInks.Length], Amounts.Bytes(item.Row.SlotBytes))),
            (Ink.Used, "whole pages in use"), (Ink.Released, "free pages"),
        ];
        return CellMap.Draw(
            $"Pages of zone {ZonesWords.Name(zone)}" + (pagesPerCell > 1 ? $", {Amounts.Count(pagesPerCell)} a cell, which shows what most of them serve" : ""),
            cells, tips, keys, cell => Amounts.Bytes((double)cell * pagesPerCell * zone.PageBytes));
    }

    public static Picture Slots(ZonesRow zone) => BarChart.Draw(
        $"Used and free bytes by slot size, zone {ZonesWords.Name(zone)}",
        [(Ink.Used, "used"), (Ink.Free, "free in cut pages")],
        [.. zone.SizeClasses.Select(row => (Amounts.Bytes(row.SlotBytes), (IReadOnlyList<double>)[row.Used * row.SlotBytes, row.Free * row.SlotBytes]))],
        Amounts.Bytes);

    private static char Usual(ReadOnlySpan<char> letters)
    {
        char usual = letters[0];
        int most = 0;
        foreach (char letter in letters)
        {
            int count = letters.Count(letter);
            if (count > most)
                (usual, most) = (letter, count);
        }

        return usual;
    }

    private static string Tip(ZonesRow zone, char letter) => letter switch
    {
        ZonesReportBuilder.FreePage => "free pages",
        ZonesReportBuilder.BlockPage => "blocks of whole pages",
        ZonesReportBuilder.UnparsedPage => "not known",
        _ => $"slots of {Amounts.Bytes(zone.SizeClasses[letter - ZonesReportBuilder.SmallestSlots].SlotBytes)}",
    };

    private static Ink InkOf(char letter) => letter switch
    {
        ZonesReportBuilder.FreePage => Ink.Released,
        ZonesReportBuilder.BlockPage => Ink.Used,
        ZonesReportBuilder.UnparsedPage => Ink.Unknown,
        _ => ClassInks[(letter - ZonesReportBuilder.SmallestSlots) % ClassInks.Length],
    };
}
