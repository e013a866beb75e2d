using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports.Terminal;
using Spectre.Console;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>A map's shown moment in letters: rows of cells from the lowest address to the highest, the offset before each.</summary>
internal static class PageTextMap
{
    private const int MostRows = 16;
    private const int OffsetColumns = 9;
    private const int MostColumns = 128;

    /// <summary>Sites that have a letter.</summary>
    private const int MostSites = 26;

    /// <summary>Tones that sites are told apart by.</summary>
    private const int Series = 10;

    public static void Write(TextCanvas canvas, PageMap map)
    {
        PageMapMoment moment = map.Moments[map.Shown];
        int columns = Math.Min(canvas.Columns - OffsetColumns - 1, MostColumns) / 8 * 8;
        MapCells cells = MapCells.Of(map, columns * MostRows);
        canvas.Line($"{map.Title}, {moment.Label}: {Amounts.Bytes(cells.CellBytes)} in a cell", hang: 2);
        Ink[] inks = cells.Inks();
        int[] sites = map.BySite ? cells.Sites(inks) : [.. inks.Select(_ => -1)];
        (char Letter, Ink Ink)[] letters = [.. inks.Select((ink, i) => sites[i] < 0
            ? (InkLetters.Of(ink, canvas.IsUnicode), ink)
            : (LetterOf(sites[i]), InkOf(sites[i])))];
        for (int start = 0; start < inks.Length; start += columns)
        {
            string offset = Amounts.Bytes((double)start * cells.CellBytes).PadLeft(OffsetColumns);
            canvas.Write([(offset + ' ', null), .. Runs(letters.AsSpan(start, Math.Min(columns, inks.Length - start)))]);
        }

        foreach (int site in sites.Where(site => site >= 0 && site < map.Sites.Count).Distinct().Order().Take(MostSites))
            canvas.Line($"{LetterOf(site)} {map.Sites[site]}", indent: OffsetColumns + 1, hang: 2);
        string[] keys = [.. MapPicture.KeysOf([.. letters.Select(letter => letter.Ink)]).Select(key => $"{Letter(canvas, key.Ink)} {key.Label}")];
        canvas.Line(string.Join("  ", keys), indent: OffsetColumns + 1);
        if (moment.Caption.Length > 0)
            canvas.Line(moment.Caption, indent: OffsetColumns + 1);
        if (map.Moments.Count > 1)
        {
            canvas.Line(
                $"One of {Amounts.Count(map.Moments.Count)} moments; the HTML form steps through all of them.", indent: OffsetColumns + 1);
        }
    }

    private static List<(string Text, Style? Style)> Runs(ReadOnlySpan<(char Letter, Ink Ink)> letters)
    {
        List<(string, Style?)> runs = [];
        StringBuilder run = new();
        for (int i = 0; i < letters.Length; i++)
        {
            run.Append(letters[i].Letter);
            if (i + 1 < letters.Length && letters[i + 1] == letters[i])
                continue;
            runs.Add((run.ToString(), InkLetters.StyleOf(letters[i].Ink)));
            run.Clear();
        }

        return runs;
    }

    private static Ink InkOf(int site) => Ink.Series0 + site % Series;

    private static char LetterOf(int site) => site < MostSites ? (char)('A' + site) : '+';

    private static string Letter(TextCanvas canvas, Ink ink) =>
        ink == Ink.Released ? "(blank)" : InkLetters.Of(ink, canvas.IsUnicode).ToString();
}
