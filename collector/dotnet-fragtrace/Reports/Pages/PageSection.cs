using System.Collections.Generic;
using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Reports.Pages;

/// <summary>One heading with what belongs to it, shown in the order findings, picture, map, table.</summary>
/// <param name="Lead">One or two sentences that say what the section shows; empty when the heading does.</param>
internal sealed record PageSection(string Heading, string Lead, PageTable? Table = null, Picture? Picture = null)
{
    /// <summary>Where its numbers come from; null where the heading or the lead says so.</summary>
    public Evidence? Evidence { get; init; }

    /// <summary>A map that HTML lets a reader zoom and step through; still forms draw <see cref="PageMap.Shown"/>.</summary>
    public PageMap? Map { get; init; }

    /// <summary>Findings with their verdicts, each shown as a card.</summary>
    public IReadOnlyList<ReportedFinding> Findings { get; init; } = [];

    /// <summary>The same, measured unless it says where its numbers come from.</summary>
    public PageSection OrMeasured() => this with { Evidence = Evidence ?? Pages.Evidence.Measured };
}
