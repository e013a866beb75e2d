using System.Collections.Generic;
using System.IO;
using System.Text.RegularExpressions;
using FragGuard.FragTrace.Pictures;
using FragGuard.FragTrace.Reports.Html;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>
/// A page as one HTML file that needs nothing else: no request leaves it. Its only script is named by its hash in the
/// content policy, so that nothing from a target could ever run. Without the script all figures are there as tables and
/// still pictures.
/// </summary>
internal static partial class PageHtml
{
    /// <summary>Pages with more sections have a list of them.</summary>
    private const int FewSections = 3;

    /// <summary>Letters of a title that is set smaller.</summary>
    private const int LongTitle = 90;

    public static void Write(ReportPage page, TextWriter output)
    {
        HtmlOutput html = new(output);
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{PageWeb.ScriptHash}'; base-uri 'none'; form-action 'none'">
            <meta name="color-scheme" content="light dark">
            <meta name="referrer" content="no-referrer">
            <title>FragGuard – {page.Subject}</title>
            <style>
            {PageWeb.Style}
            </style>
            </head>
            <body>
            <a class="skip" href="#content">Skip to the content</a>
            <header>
            <div class="brand"><p>FragGuard <span>{page.Subject}</span></p><button id="theme" type="button" hidden>Dark</button></div>
            <h1{Markup.ClassIf(page.Title.Length > LongTitle, "long")}>{Unbroken(page.Title)}</h1>
            <ul class="facts">
            """);
        foreach (string fact in page.Facts)
            html.Write($"<li>{fact}</li>");
        html.Write($"</ul>\n</header>\n");
        WriteList(html, page.Sections);
        html.Write($"<main id=\"content\" tabindex=\"-1\">\n");
        PageHtmlMap maps = new(html, page);
        for (int i = 0; i < page.Sections.Count; i++)
            WriteSection(html, maps, page.Sections[i], i + 1);
        html.Write($"</main>\n<footer>\n<h2 id=\"trust\">How far to trust this</h2>\n<ul>\n");
        foreach (string sentence in page.Honesty)
            html.Write($"<li>{sentence}</li>\n");
        html.Write($"</ul>\n</footer>\n<div id=\"tip\" hidden></div>\n<script>{PageWeb.Script}</script>\n</body>\n</html>\n");
    }

    private static void WriteList(HtmlOutput html, IReadOnlyList<PageSection> sections)
    {
        if (sections.Count <= FewSections)
            return;
        html.Write($"<nav aria-label=\"Sections\">\n<ol>\n");
        for (int i = 0; i < sections.Count; i++)
            html.Write($"<li><a href=\"#s{i + 1}\">{sections[i].Heading}</a></li>\n");
        html.Write($"<li><a href=\"#trust\">How far to trust this</a></li>\n</ol>\n</nav>\n");
    }

    private static void WriteSection(HtmlOutput html, PageHtmlMap maps, PageSection section, int number)
    {
        html.Write($"<section id=\"s{number}\" aria-labelledby=\"h{number}\">\n<h2 id=\"h{number}\">{section.Heading}</h2>{Badge(section.Evidence)}\n");
        if (section.Lead.Length > 0)
            html.Write($"<p class=\"lead\">{section.Lead}</p>\n");
        PageHtmlFindings.Write(html, section.Findings);
        if (section.Picture is { } picture)
            WritePicture(html, picture);
        if (section.Map is { } map)
            maps.Write(map, number);
        if (section.Table is { Rows.Count: > 0 } table)
            PageHtmlTable.Write(html, table, section.Heading);
        html.Write($"</section>\n");
    }

    private static void WritePicture(HtmlOutput html, Picture picture)
    {
        html.Write($"<figure class=\"card zoom\">\n<div class=\"scroll\">\n");
        SvgPicture.WriteInto(html, picture);
        html.Write($"</div>\n</figure>\n");
    }

    /// <summary>An amount stays on one line with its unit.</summary>
    private static string Unbroken(string text) => AmountAndUnit().Replace(text, "\u00a0");

    [GeneratedRegex("(?<=[0-9]) (?=(%|[KMGTPE]?i?B|ms|s|min)(?![A-Za-z]))", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex AmountAndUnit();

    private static Markup Badge(Evidence? evidence) => evidence is { } known ? new(" " + PageHtmlBadges.Of(known).Text) : new("");
}
