using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>
/// What an inspection shows, in the order a person reads it. Every form but JSON is made from it: the terminal's text,
/// the HTML page, and the pictures alone as SVG or PNG. All texts may come from a hostile process; writers escape them.
/// </summary>
/// <param name="Subject">What was looked at, in a word or two, such as <c>shared zones</c>.</param>
/// <param name="Title">The answer in one line.</param>
/// <param name="Facts">Short facts of the target: process, program, moment.</param>
/// <param name="Honesty">How far to trust the numbers: one sentence each, losses first.</param>
internal sealed record ReportPage(
    string Subject,
    string Title,
    IReadOnlyList<string> Facts,
    IReadOnlyList<PageSection> Sections,
    IReadOnlyList<string> Honesty);
