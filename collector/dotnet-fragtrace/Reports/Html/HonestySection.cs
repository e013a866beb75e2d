namespace FragGuard.FragTrace.Reports.Html;

/// <summary>The foot of the page: how far its numbers can be trusted.</summary>
internal static class HonestySection
{
    public static void Write(HtmlOutput html, RunReport report)
    {
        html.Write($"<footer>\n<h2>How far to trust this</h2>\n<ul>\n");
        foreach (string fact in Honesty.Facts(report))
            html.Write($"<li>{fact}</li>\n");
        html.Write($"""
            </ul>
            <p>Recording: <code>{report.Quality.RecordingFile}</code> · schema <code>{report.Schema}</code></p>
            </footer>

            """);
    }
}
