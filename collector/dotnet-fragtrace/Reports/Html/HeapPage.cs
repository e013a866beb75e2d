using System.Collections.Generic;
using System.IO;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>A heap snapshot as one page that needs nothing else, drawn from a bounded number of cells.</summary>
internal static class HeapPage
{
    public static void Write(HeapReport report, IReadOnlyList<HeapMap> maps, TextWriter output)
    {
        HtmlOutput html = new(output);
        html.Write($"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="color-scheme" content="light dark">
            <title>FragGuard – heap of {report.Target.Command}</title>
            <style>
            {Stylesheet.Text}
            </style>
            </head>
            <body>

            """);
        WriteHead(html, report);
        html.Write($"<main>\n");
        HeapGenerationSection.Write(html, report.Generations);
        foreach (HeapMap map in maps)
            HeapMapSection.Write(html, map);
        HeapHoleSection.Write(html, report);
        HeapCacheSection.Write(html, report);
        html.Write($"</main>\n<footer>\n<h2>How far to trust this</h2>\n<ul>\n");
        foreach (string fact in HeapReportHonesty.Facts(report))
            html.Write($"<li>{fact}</li>\n");
        html.Write($"</ul>\n<p>schema <code>{report.Schema}</code></p>\n</footer>\n</body>\n</html>\n");
    }

    private static void WriteHead(HtmlOutput html, HeapReport report)
    {
        string bound = report.Quality.Exact ? "" : "at least ";
        html.Write($"""
            <header>
            <p class="brand">FragGuard <span>heap snapshot</span></p>
            <h1>{Amounts.Bytes(report.FreeBytes)} of holes between {bound}{Amounts.Count(report.Objects)} live objects</h1>
            <p class="target"><code>{report.Target.Command}</code></p>
            <p class="facts"><span>process {report.Target.ProcessId}</span><span>{report.Target.Runtime}</span><span>{bound}{Amounts.Bytes(report.LiveBytes)} live</span><span>GC {report.Gc}, which held it still for {Amounts.Milliseconds(report.PauseMs)}</span></p>
            </header>

            """);
    }
}
