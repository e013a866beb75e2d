using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Metrics;

/// <summary>
/// What the blocks of one site hold of a heap, and what they keep from being returned: a page goes back only when nothing
/// in it is in use. Free bytes in a page with live blocks are trapped; they are shared among the sites of those blocks in
/// proportion to the granted bytes each has in the page, to the byte: shares of all sites add up to the trapped bytes of
/// <see cref="FragmentationMetrics.Trapped"/>.
/// </summary>
/// <param name="Site">Index into the trace's sites, or −1 for blocks whose site is unknown.</param>
/// <param name="Blocks">Live blocks.</param>
/// <param name="RequestedBytes">Bytes asked for.</param>
/// <param name="GrantedBytes">Bytes set aside for them.</param>
/// <param name="Pages">OS pages in which the site has live bytes.</param>
/// <param name="SolePages">OS pages in which no other site has any: whole free but for this site's blocks.</param>
/// <param name="TrappedBytes">The site's share of the trapped bytes.</param>
/// <param name="SoleZonePages">Zone pages in which no other site has live bytes; 0 where the allocator has no zone pages.</param>
public sealed record SiteContribution(
    int Site,
    long Blocks,
    long RequestedBytes,
    long GrantedBytes,
    long Pages,
    long SolePages,
    long TrappedBytes,
    long SoleZonePages)
{
    /// <summary>One row for each site with live blocks, most trapped bytes first, then most granted bytes.</summary>
    public static IReadOnlyList<SiteContribution> From(HeapLayout layout)
    {
        Dictionary<int, SiteContribution> rows = new();
        foreach (LayoutExtent extent in layout.Extents)
        {
            if (extent.Use != ExtentUse.Used)
                continue;
            SiteContribution row = rows.TryGetValue(extent.Site, out SiteContribution? known)
                ? known
                : new SiteContribution(extent.Site, 0, 0, 0, 0, 0, 0, 0);
            rows[extent.Site] = row with
            {
                Blocks = row.Blocks + 1,
                RequestedBytes = row.RequestedBytes + extent.RequestedBytes,
                GrantedBytes = row.GrantedBytes + extent.Extent.Bytes,
            };
        }

        PageHolders pages = new(layout, layout.OsPageBytes);
        PageHolders? zonePages = layout.Zone is { } zone ? new PageHolders(layout, zone.PageBytes) : null;
        return rows.Values
            .Select(row => row with
            {
                Pages = pages.PagesOf(row.Site),
                SolePages = pages.SolePagesOf(row.Site),
                TrappedBytes = pages.TrappedBytesOf(row.Site),
                SoleZonePages = zonePages?.SolePagesOf(row.Site) ?? 0,
            })
            .OrderByDescending(row => row.TrappedBytes)
            .ThenByDescending(row => row.GrantedBytes)
            .ThenBy(row => row.Site)
            .ToArray();
    }
}
