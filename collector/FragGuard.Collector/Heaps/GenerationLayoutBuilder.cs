using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Heaps;

/// <summary>Turns a kept generation into its layout.</summary>
internal sealed class GenerationLayoutBuilder(GenerationDraft draft, Func<ObjectSource, int> siteOf)
{
    private const int HeaderBytes = 24;
    private const int MostNeighbours = 200;

    private readonly List<LayoutExtent> _extents = new(UsualExtents(draft));
    private readonly List<Extent> _unknown = [];
    private readonly ulong _padBytes = HeapRegion.PadBytesOf(draft.Figures.Generation);
    private long _offset;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public GenerationLayout Build()
    {
        ExtentWalk walk = new(_padBytes, draft.Objects, Place);
        foreach (RegionDraft region in draft.Regions)
            walk.Add(region.Extent, region.KnownEnd, region.Runs);
        long used = 0;
        long free = 0;
        long requested = 0;
        foreach (LayoutExtent extent in _extents)
        {
            requested += extent.RequestedBytes;
            used += extent.Use == ExtentUse.Used ? extent.Extent.Bytes : 0;
            free += extent.Use == ExtentUse.Free ? extent.Extent.Bytes : 0;
        }

        HeapCounters counters = new(requested, used, _offset, _offset, free, free);
        return new GenerationLayout
        {
            Figures = draft.Figures,
            Layout = new HeapLayout(counters, _extents),
            Unknown = _unknown,
            Regions = Regions(),
            HoleSizes = draft.Holes.Sizes.Build(),
            LargestFitBytes = LargestFit(),
            Neighbours = Neighbours(),
            UnknownSides = draft.Holes.Sides.Unknown,
            EdgeSides = draft.Holes.Sides.Edges,
            Held = Held(),
        };
    }

    // Of most regions as many as this: live runs, holes between them and one at the end.
    private static int UsualExtents(GenerationDraft draft)
    {
        int extents = draft.Objects.Count;
        foreach (RegionDraft region in draft.Regions)
            extents += (2 * region.Runs.Length) + 1;
        return extents;
    }

    private void Place(TrackUse use, long bytes, in KnownObject? known)
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

    private RegionLayout[] Regions()
    {
        RegionLayout[] regions = new RegionLayout[draft.Regions.Count];
        for (int i = 0; i < regions.Length; i++)
            regions[i] = Describe(draft.Regions[i]);
        return regions;
    }

    private static RegionLayout Describe(RegionDraft region) => new(
        region.Extent.Start, (long)region.Extent.UsedBytes, (long)region.Extent.ReservedBytes, region.Figures.LiveBytes,
        region.Figures.FreeBytes, region.Figures.UnknownBytes, region.Figures.LargestHoleBytes);

    // A new large object needs a pad of its own.
    private long LargestFit()
    {
        long behind = 0;
        for (int i = 0; i < draft.Regions.Count; i++)
        {
            GenerationExtent extent = draft.Regions[i].Extent;
            long bytes = (long)extent.ReservedBytes - (long)extent.UsedBytes;
            behind = i == 0 ? bytes : Math.Max(behind, bytes);
        }

        return Math.Max(0, Math.Max(draft.Figures.LargestHoleBytes, behind) - (long)_padBytes);
    }

    private HoleNeighbour[] Neighbours()
    {
        Dictionary<int, HoleSides.Side> bySite = [];
        foreach ((int source, HoleSides.Side side) in draft.Holes.Sides.BySource)
            SumOf(bySite, siteOf(ObjectSource.Unpack(source))).Add(side);
        HoleSides.Side[] sums = [.. bySite.Values];
        foreach ((int site, HoleSides.Side sum) in bySite)
            sum.Site = site;
        double most = draft.Figures.FreeBytes;
        Array.Sort(sums, (one, other) => one.BytesUpTo(most) == other.BytesUpTo(most)
            ? one.Site.CompareTo(other.Site) : other.BytesUpTo(most).CompareTo(one.BytesUpTo(most)));
        HoleNeighbour[] neighbours = new HoleNeighbour[Math.Min(sums.Length, MostNeighbours)];
        for (int i = 0; i < neighbours.Length; i++)
        {
            HoleSides.Side sum = sums[i];
            neighbours[i] = new HoleNeighbour(sum.Site, sum.Seen, (long)sum.SeenBytes, sum.Holes, sum.BytesUpTo(most));
        }

        return neighbours;
    }

    private HeldBytes[] Held()
    {
        Dictionary<int, GenerationHoles.HeldSum> bySite = [];
        foreach ((int source, GenerationHoles.HeldSum held) in draft.Holes.Held)
            SumOf(bySite, siteOf(ObjectSource.Unpack(source))).Add(held);
        GenerationHoles.HeldSum[] sums = [.. bySite.Values];
        foreach ((int site, GenerationHoles.HeldSum sum) in bySite)
            sum.Site = site;
        Array.Sort(sums, static (one, other) =>
            one.Bytes == other.Bytes ? one.Site.CompareTo(other.Site) : other.Bytes.CompareTo(one.Bytes));
        HeldBytes[] all = new HeldBytes[sums.Length];
        for (int i = 0; i < all.Length; i++)
            all[i] = new HeldBytes(sums[i].Site, sums[i].Objects, sums[i].Bytes);
        return all;
    }

    private static T SumOf<T>(Dictionary<int, T> bySite, int site)
        where T : class, new()
    {
        if (!bySite.TryGetValue(site, out T? sum))
            bySite[site] = sum = new T();
        return sum;
    }
}
