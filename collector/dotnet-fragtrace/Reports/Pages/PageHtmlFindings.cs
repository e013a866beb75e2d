using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.FragTrace.Reports.Html;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>One card for each finding: what the build said, what the run says, and the code.</summary>
internal static class PageHtmlFindings
{
    private const int MostFindings = 100;
    private const int MostLines = 25;

    public static void Write(HtmlOutput html, IReadOnlyList<ReportedFinding> findings)
    {
        foreach (ReportedFinding finding in findings.Take(MostFindings))
            WriteCard(html, finding);
        if (findings.Count > MostFindings)
            html.Write($"<p class=\"rest\">… and {Amounts.Count(findings.Count - MostFindings)} more in the JSON form.</p>\n");
    }

    private static void WriteCard(HtmlOutput html, ReportedFinding finding)
    {
        html.Write($"""
            <article class="card finding {new Markup(PageHtmlBadges.ClassOf(finding.Verdict))}">
            <p class="line">{PageHtmlBadges.Opening(finding.Verdict)}{Verdicts.Text(finding.Verdict)}</span>
            """);
        WriteRule(html, finding);
        html.Write($"""
             <span class="severity">{finding.Severity}</span> <span class="where">{finding.File}:{finding.Line}</span></p>
            <h3>{finding.Message}</h3>
            <p class="reason">{finding.Reason}</p>

            """);
        PageHtmlNumbers.Write(html, finding.Predicted, finding.Measured);
        WriteExcerpt(html, finding);
        html.Write($"</article>\n");
    }

    private static void WriteRule(HtmlOutput html, ReportedFinding finding)
    {
        // Only a web address becomes a link: a file may name any scheme.
        if (Uri.TryCreate(finding.HelpUri, UriKind.Absolute, out Uri? help) && help.Scheme is "https" or "http")
            html.Write($"""<a class="rule" href="{help!.AbsoluteUri}" rel="noreferrer">{finding.Rule}</a>""");
        else
            html.Write($"""<span class="rule">{finding.Rule}</span>""");
    }

    private static void WriteExcerpt(HtmlOutput html, ReportedFinding finding)
    {
        if (finding.Excerpt.Count == 0)
            return;
        html.Write($"<pre class=\"code\">");
        for (int i = 0; i < Math.Min(finding.Excerpt.Count, MostLines); i++)
        {
            long number = (long)finding.ExcerptStartLine + i;
            html.Write($"""
                <span{Markup.ClassIf(number == finding.Line, "hit")}><i>{number.ToString(CultureInfo.InvariantCulture)}</i>{Untabbed(finding.Excerpt[i])}
                </span>
                """);
        }

        html.Write($"</pre>\n");
    }

    private static string Untabbed(string line) =>
        line.TrimEnd('\r', '\n').Replace("\t", "    ", StringComparison.Ordinal);
}
