using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>One heading with what belongs to it.</summary>
/// <param name="Lead">One or two sentences that say what the section shows; empty when the heading does.</param>
internal sealed record PageSection(string Heading, string Lead, PageTable? Table = null, Picture? Picture = null);
