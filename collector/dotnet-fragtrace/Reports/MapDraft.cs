using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>A map put together from moments whose extents are listed one by one.</summary>
internal sealed class MapDraft(string title)
{
    private const int MostParts = 4096;

    private readonly List<(double TimeMs, long FreeBytes, PageMapMoment Moment)> _moments = [];
    private readonly MapSites _sites = new();

    /// <summary>Adds a moment; one without extents, or at the time of one that is there, is left out.</summary>
    /// <param name="timeMs">What the moments are ordered by; no number where there is one moment only.</param>
    /// <param name="caption">The moment's figures in one line.</param>
    public void Add(double timeMs, string label, Func<MapHoles, string> caption, IReadOnlyList<MapExtent> extents)
    {
        MapSites named = new();
        PlacedParts placed = PlacedParts.Of(extents.Select(extent => (extent.Start, MapExtents.PartOf(extent, named))), MostParts);
        if (placed.Parts.Count == 0 || _moments.Exists(moment => moment.TimeMs.Equals(timeMs)))
            return;

        // What became part of a cell names no site.
        string layout = MapExtentText.Write(placed.Parts.Select(
            part => part with { Site = part.Site is { } site ? _sites.NumberOf(named.Names[site]) : null }));
        _moments.Add((timeMs, placed.Holes.Bytes, new PageMapMoment(label, caption(placed.Holes), placed.Start, layout)));
    }

    /// <summary>Null when no moment has a hole.</summary>
    public PageMap? Finish()
    {
        if (_moments.TrueForAll(moment => moment.FreeBytes == 0))
            return null;
        (double TimeMs, long FreeBytes, PageMapMoment Moment)[] ordered = [.. _moments.OrderBy(moment => moment.TimeMs)];
        int worst = 0;
        for (int i = 1; i < ordered.Length; i++)
        {
            if (ordered[i].FreeBytes > ordered[worst].FreeBytes)
                worst = i;
        }

        return new PageMap(title, _sites.Names, [.. ordered.Select(moment => moment.Moment)], worst);
    }
}
