using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Pictures;
using FragGuard.Inspection.Glibc;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// Every heap as rows of OS pages, after the picture of the Ruby article: red where live blocks are, grey where memory is
/// free and kept, white where it was given back.
/// </summary>
internal static class ArenaPicture
{
    public const int MostHeaps = 1_000;

    private const double Left = 74;
    private const double Width = 976;
    private const double MapWidth = 896;
    private const double LabelHeight = 22;
    private const int MostCells = 4_000_000;
    private const int MostTips = 20_000;
    private const int FewCells = 128 * 160;
    private const int ManyCells = 512 * 1024;

    private static readonly (Ink Ink, string Label)[] Keys =
    [
        (Ink.Used, "live"), (Ink.UsedHalf, "partly live"), (Ink.Free, "free, in memory"), (Ink.Top, "top, in memory"),
        (Ink.Released, "given back or never used"), (Ink.Series0, "live, not in memory"), (Ink.Unknown, "not known"),
    ];

    public static Picture Draw(GlibcSnapshot glibc)
    {
        (HeapSnapshot Heap, string Label)[] heaps = [.. Shown(glibc)];
        long cells = heaps.Sum(each => (long)each.Heap.Pages.Count);
        (int columns, double height) = cells switch { < FewCells => (128, 9.0), < ManyCells => (256, 4.0), _ => (896, 1.0) };
        List<PictureShape> shapes = [];
        double top = 4 + Legend.Draw(shapes, Keys, 4, 4, Width - 8);
        foreach ((HeapSnapshot heap, string label) in heaps)
        {
            shapes.Add(new PictureText(Left, top + LabelHeight - 8, label));
            top += LabelHeight;
            int rows = (heap.Pages.Count + columns - 1) / columns;
            double mapHeight = rows * height;
            for (int row = 0; row < rows; row += Math.Max(1, (int)Math.Ceiling(18 / height)))
            {
                shapes.Add(new PictureText(
                    Left - 6, top + (row * height) + 8, Amounts.Bytes((double)row * columns * heap.Pages.PageBytes), TextAnchor.End,
                    Ink: Ink.FaintText));
            }

            shapes.Add(new PictureBox(Left - 1, top - 1, MapWidth + 2, mapHeight + 2, Ink.Grid));
            shapes.Add(new PictureCells(
                Left, top, columns, MapWidth / columns, height, Inks(heap.Pages), Tips(heap.Pages, MostTips / Math.Max(1, heaps.Length))));
            top += mapHeight + 6;
        }

        return new Picture("OS pages of malloc's heaps", Width, top + 6, shapes);
    }

    /// <summary>Heaps as long as there is room for them, those with most in memory first, in the order of arenas.</summary>
    private static IEnumerable<(HeapSnapshot Heap, string Label)> Shown(GlibcSnapshot glibc)
    {
        long left = MostCells;
        HashSet<HeapSnapshot> chosen = new(ReferenceEqualityComparer.Instance);
        foreach (HeapSnapshot heap in glibc.Arenas.SelectMany(arena => arena.Heaps).OrderByDescending(heap => heap.Resident.ResidentBytes)
            .Take(MostHeaps))
        {
            if ((left -= heap.Pages.Count) >= 0)
                chosen.Add(heap);
        }

        for (int i = 0; i < glibc.Arenas.Count; i++)
        {
            ArenaSnapshot arena = glibc.Arenas[i];
            string name = arena.IsMain ? "main arena" : string.Create(CultureInfo.InvariantCulture, $"arena {i}");
            foreach (HeapSnapshot heap in arena.Heaps.Where(chosen.Contains))
            {
                yield return (heap, $"{name}, {Amounts.Bytes(heap.Bytes)} at {ArenaWords.Address((long)heap.Start)}: "
                    + $"{Amounts.Bytes(heap.Resident.LiveBytes)} live, {Amounts.Bytes(heap.Resident.FreeBytes)} free and in memory");
            }
        }
    }

    private static Ink[] Inks(PageUses pages)
    {
        var inks = new Ink[pages.Count];
        for (int page = 0; page < inks.Length; page++)
            inks[page] = InkOf(pages, page);
        return inks;
    }

    private static Ink InkOf(PageUses pages, int page) => pages.KindOf(page) switch
    {
        HeapPageKind.Live => ((double)pages.LiveBytesOf(page) / pages.PageBytes) switch
        {
            > 0.8 => Ink.Used,
            > 0.6 => Ink.UsedThreeQuarters,
            > 0.4 => Ink.UsedHalf,
            _ => Ink.UsedQuarter,
        },
        HeapPageKind.LiveUntouched => Ink.Series0,
        HeapPageKind.Free or HeapPageKind.Cached => Ink.Free,
        HeapPageKind.Top => Ink.Top,
        HeapPageKind.Returned => Ink.Released,
        _ => Ink.Unknown,
    };

    private static List<(int FirstCell, string Tip)> Tips(PageUses pages, int most)
    {
        List<(int FirstCell, string Tip)> tips = [];
        for (int page = 0; page < pages.Count && tips.Count < most;)
        {
            int first = page;
            HeapPageKind kind = pages.KindOf(first);
            long live = 0;
            for (; page < pages.Count && pages.KindOf(page) == kind; page++)
                live += pages.LiveBytesOf(page);
            string share = kind is HeapPageKind.Live ? $", {Amounts.Percent((double)live / ((long)(page - first) * pages.PageBytes))} live" : "";
            tips.Add((first, $"{ArenaWords.Address((long)pages.Start + ((long)first * pages.PageBytes))}: "
                + $"{Amounts.Bytes((double)(page - first) * pages.PageBytes)} {WordsOf(kind)}{share}"));
        }

        return tips;
    }

    private static string WordsOf(HeapPageKind kind) => kind switch
    {
        HeapPageKind.Live => "with live blocks",
        HeapPageKind.LiveUntouched => "of live blocks, not in memory",
        HeapPageKind.Free => "free, in memory",
        HeapPageKind.Cached => "free and cached, in memory",
        HeapPageKind.Top => "top, in memory",
        HeapPageKind.Returned => "given back or never used",
        _ => "not known",
    };
}
