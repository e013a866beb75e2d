using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Reports;

/// <summary>What the blocks of one site hold of a simulated heap, and what they keep from being returned.</summary>
/// <param name="Site">Name of the site; null for blocks whose site is unknown.</param>
/// <param name="File">Source file, when known.</param>
/// <param name="Line">1-based line in the file; 0 when unknown.</param>
/// <param name="Blocks">Live blocks.</param>
/// <param name="Pages">OS pages in which the site has live bytes.</param>
/// <param name="SolePages">Of these, the pages in which no other site has any.</param>
/// <param name="SoleZonePages">Zone pages in which no other site has live bytes; 0 where the allocator has no zone pages.</param>
/// <param name="TrappedBytes">The site's share of the free bytes in pages with live blocks.</param>
public sealed record SiteRow(
    string? Site,
    string? File,
    int Line,
    long Blocks,
    long RequestedBytes,
    long GrantedBytes,
    long Pages,
    long SolePages,
    long SoleZonePages,
    long TrappedBytes)
{
    internal static IReadOnlyList<SiteRow> Of(HeapLayout layout, IReadOnlyList<AllocationSite> sites) =>
        [.. SiteContribution.From(layout).Select(row => Of(row, row.Site >= 0 && row.Site < sites.Count ? sites[row.Site] : null))];

    private static SiteRow Of(SiteContribution row, AllocationSite? site) => new(
        site?.Name, site?.File, site?.Line ?? 0, row.Blocks, row.RequestedBytes, row.GrantedBytes,
        row.Pages, row.SolePages, row.SoleZonePages, row.TrappedBytes);
}

/// <summary>The simulated heap when it was largest.</summary>
/// <param name="Operation">0-based number of the operation after which it was.</param>
public sealed record PeakRow(long Operation, long CommittedBytes, IReadOnlyList<SiteRow> Sites);
