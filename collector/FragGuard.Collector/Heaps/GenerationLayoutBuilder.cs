using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Heaps;

/// <summary>Turns a kept generation into its layout.</summary>
internal sealed class GenerationLayoutBuilder(GenerationDraft draft, Func<ObjectSource, int> siteOf)
{
    private const int HeaderBytes = 24;
    private const int MostNeighbours = 200;

    private readonly List<LayoutExtent> _extents = [];
    private readonly List<Extent> _unknown = [];
    private readonly ulong _padBytes = HeapRegion.PadBytesOf(draft.Figures.Generation);
    private long _offset;

    public GenerationLayout Build()
    {
        ExtentWalk walk = new(_padBytes, draft.Objects, Place);
        foreach (RegionDraft region in draft.Regions)
            walk.Add(region.Extent, region.KnownEnd, region.Runs);
        long used = SumOf(ExtentUse.Used);
        long free = SumOf(ExtentUse.Free);
        HeapCounters counters = new(
            _extents.Sum(static extent => extent.RequestedBytes), used, _offset, _offset, free, free);
        return new GenerationLayout
        {
            Figures = draft.Figures,
            Layout = new HeapLayout(counters, _extents),
            Unknown = _unknown,
            Regions = [.. draft.Regions.Select(Describe)],
            HoleSizes = draft.Holes.Sizes.Build(),
            LargestFitBytes = LargestFit(),
            Neighbours = Neighbours(),
            UnknownSides = draft.Holes.Sides.Unknown,
            EdgeSides = draft.Holes.Sides.Edges,
            Held = Held(),
        };
    }

    private void Place(TrackUse use, long bytes, KnownObject? known)
    {
        Extent extent = new(_offset, bytes);
        int site = known is { } one ? siteOf(one.Source) : AllocationSources.Unknown;
        if (use == TrackUse.Unknown)
            _unknown.Add(extent);
        _extents.Add(use switch
        {
            TrackUse.Used => new LayoutExtent(
                extent, ExtentUse.Used, _padBytes > 0 ? Math.Max(0, bytes - HeaderBytes) : bytes, site),
            TrackUse.Unknown => new LayoutExtent(extent, ExtentUse.Used),
            TrackUse.Pad => new LayoutExtent(extent, ExtentUse.Metadata),
            _ => new LayoutExtent(extent, ExtentUse.Free),
        });
        _offset += bytes;
    }

    private long SumOf(ExtentUse use) => _extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);

    private static RegionLayout Describe(RegionDraft region) => new(
        region.Extent.Start, (long)region.Extent.UsedBytes, (long)region.Extent.ReservedBytes, region.Figures.LiveBytes,
        region.Figures.FreeBytes, region.Figures.UnknownBytes, region.Figures.LargestHoleBytes);

    // A new large object needs a pad of its own.
    private long LargestFit()
    {
        long behind = draft.Regions
            .Select(static region => (long)region.Extent.ReservedBytes - (long)region.Extent.UsedBytes)
            .DefaultIfEmpty()
            .Max();
        return Math.Max(0, Math.Max(draft.Figures.LargestHoleBytes, behind) - (long)_padBytes);
    }

    private HoleNeighbour[] Neighbours() =>
    [
        .. draft.Holes.Sides.BySource
            .GroupBy(pair => siteOf(pair.Key))
            .Select(group => new HoleNeighbour(
                group.Key,
                group.Sum(static pair => pair.Value.Seen),
                (long)group.Sum(static pair => pair.Value.SeenBytes),
                group.Sum(static pair => pair.Value.Holes),
                Math.Min(draft.Figures.FreeBytes, group.Sum(static pair => pair.Value.Bytes))))
            .OrderByDescending(static one => one.EstimatedBytes)
            .ThenBy(static one => one.Site)
            .Take(MostNeighbours),
    ];

    private HeldBytes[] Held() =>
    [
        .. draft.Holes.Held
            .GroupBy(pair => siteOf(pair.Key))
            .Select(static group => new HeldBytes(
                group.Key, group.Sum(static pair => pair.Value.Objects), group.Sum(static pair => pair.Value.Bytes)))
            .OrderByDescending(static one => one.Bytes)
            .ThenBy(static one => one.Site),
    ];
}
