using System;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Reports.Html;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>
/// Maps of a page: a still picture and a table of the moments, which the script replaces by a map to zoom and step
/// through. It reads the layouts from the rows of that table.
/// </summary>
internal sealed class PageHtmlMap
{
    /// <summary>Letters of all layouts of a page together, so that a page can be mailed.</summary>
    private const int MostLetters = 2 << 20;

    private const int MostSites = 4_000;
    private const long MostExtents = 1 << 22;

    /// <summary>What a script can count exactly.</summary>
    private const long MostBytes = 1L << 52;

    private readonly HtmlOutput _html;
    private readonly int _mostLetters;

    public PageHtmlMap(HtmlOutput html, ReportPage page)
    {
        _html = html;
        _mostLetters = MostLetters / Math.Max(1, page.Sections.Count(section => section.Map is not null));
    }

    /// <param name="number">Of the section, for ids.</param>
    public void Write(PageMap map, int number)
    {
        (int Index, PageMapMoment Moment)[] moments = Kept(map);
        int shown = Array.FindIndex(moments, each => each.Index == map.Shown);
        if (shown < 0)
        {
            _html.Write($"<p class=\"rest\">The map of {map.Title} cannot be drawn.</p>\n");
            return;
        }

        _html.Write($"<figure class=\"card map\" data-title=\"{map.Title}\" data-shown=\"{shown}\"{new Markup(map.BySite ? " data-by=\"site\"" : "")}>\n<div class=\"still scroll\">\n");
        MapStill.Write(_html, map);
        _html.Write($"</div>\n");
        WriteMoments(moments, number);
        int drawable = map.Moments.Count(moment => moment.Layout.Length > 0);
        if (moments.Length < drawable)
            _html.Write($"<p class=\"rest\">{Amounts.Count(moments.Length)} of {Amounts.Count(drawable)} moments are here; the JSON form has all.</p>\n");
        _html.Write($"<ol class=\"sites\" hidden>\n");
        foreach (string site in map.Sites.Take(MostSites))
            _html.Write($"<li>{site}</li>\n");
        _html.Write($"</ol>\n</figure>\n");
    }

    private void WriteMoments((int Index, PageMapMoment Moment)[] moments, int number)
    {
        _html.Write($"<details class=\"moments\"><summary id=\"m{number}\">{(moments.Length == 1 ? "The moment" : $"The {Amounts.Count(moments.Length)} moments")} as a table</summary>\n<div class=\"scroll\"><table aria-labelledby=\"m{number}\">\n<thead><tr><th scope=\"col\">moment</th><th scope=\"col\">figures</th></tr></thead>\n<tbody>\n");
        foreach ((_, PageMapMoment moment) in moments)
            _html.Write($"<tr data-start=\"{Number(moment.Start)}\" data-bytes=\"{Number(BytesOf(moment.Layout))}\" data-layout=\"{new Markup(moment.Layout)}\"><td>{moment.Label}</td><td>{moment.Caption}</td></tr>\n");
        _html.Write($"</tbody></table></div></details>\n");
    }

    /// <summary>All moments, or every second, fourth … and the shown one, as many as there is room for.</summary>
    private (int Index, PageMapMoment Moment)[] Kept(PageMap map)
    {
        (int Index, PageMapMoment Moment)[] kept = [.. map.Moments.Index().Where(each => IsLayout(each.Item.Layout))];
        for (int step = 2; kept.Length > 1 && kept.Sum(each => (long)each.Moment.Layout.Length) > _mostLetters; step *= 2)
        {
            int every = step;
            kept = [.. kept.Where(each => each.Index == map.Shown || (each.Index % every == 0 && every <= map.Moments.Count))];
        }

        return kept;
    }

    /// <summary>A recording's own file may hold any text; what is no layout is left out.</summary>
    private static bool IsLayout(string text)
    {
        try
        {
            long extents = 0;
            foreach ((MapPart part, long times) in MapExtentText.Tokens(text))
            {
                extents = checked(extents + times);
                if (part.Bytes < 1 || times < 1 || part.UsedBytes > part.Bytes || part.UsedBytes < 0)
                    return false;
            }

            return extents is > 0 and < MostExtents && BytesOf(text) is > 0 and < MostBytes;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            return false;
        }
    }

    /// <summary>Gaps between parts of the heap left out.</summary>
    private static long BytesOf(string layout) => MapExtentText.Tokens(layout)
        .Sum(token => token.Part.Use == MapUse.Gap ? 0 : checked(token.Part.Bytes * token.Times));

    private static Markup Number(long number) => new(number.ToString(CultureInfo.InvariantCulture));
}
