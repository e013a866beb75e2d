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
    private int _nextObject;

    public GenerationLayout Build()
    {
        foreach (RegionDraft region in draft.Regions)
            Add(region);
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
            HoleSizes = draft.HoleSizes.Build(),
            LargestFitBytes = LargestFit(),
            Neighbours = Neighbours(),
            UnknownSides = draft.HoleSides.Unknown,
            EdgeSides = draft.HoleSides.Edges,
        };
    }

    private void Add(RegionDraft region)
    {
        ulong at = region.Extent.Start;
        foreach (LiveRun whole in region.Runs)
        {
            if (whole.Start >= region.Extent.UsedEnd)
                break;

            LiveRun run = whole.Before(region.Extent.UsedEnd);
            AddGap(at, run.Start, region.KnownEnd, _padBytes);
            AddRun(run);
            at = run.End;
        }

        AddGap(at, region.Extent.UsedEnd, region.KnownEnd, padBytes: 0);
    }

    private void AddRun(LiveRun run)
    {
        KnownObject? known = ObjectAt(run.Start);
        int site = known is { } one && one.End <= run.End ? siteOf(one.Source) : AllocationSources.Unknown;
        long live = (long)(run.Bytes - run.InnerFreeBytes);
        Place(live, ExtentUse.Used, _padBytes > 0 ? Math.Max(0, live - HeaderBytes) : live, site);
        Place((long)run.InnerFreeBytes, ExtentUse.Free);
    }

    private void AddGap(ulong start, ulong end, ulong knownEnd, ulong padBytes)
    {
        if (end <= start)
            return;

        ulong known = Math.Min(end, Math.Max(start, knownEnd)) - start;
        ulong pad = known == end - start ? Math.Min(known, padBytes) : 0;
        Place((long)(known - pad), ExtentUse.Free);
        Place((long)pad, ExtentUse.Metadata);
        AddUnknown(start + known, end);
    }

    // Objects born since the last GC that spoke of them are in use; around them nobody knows.
    private void AddUnknown(ulong start, ulong end)
    {
        ulong at = start;
        while (at < end)
        {
            KnownObject? known = NextObjectIn(at, end);
            ulong next = known?.Start ?? end;
            if (next > at)
                _unknown.Add(new Extent(_offset, (long)(next - at)));
            Place((long)(next - at), ExtentUse.Used);
            if (known is not { } one)
                return;

            Place((long)one.Bytes, ExtentUse.Used, Math.Max(0, (long)one.Bytes - HeaderBytes), siteOf(one.Source));
            at = one.End;
        }
    }

    private void Place(long bytes, ExtentUse use, long requestedBytes = 0, int site = AllocationSources.Unknown)
    {
        if (bytes <= 0)
            return;

        _extents.Add(new LayoutExtent(new Extent(_offset, bytes), use, requestedBytes, site));
        _offset += bytes;
    }

    private KnownObject? ObjectAt(ulong address)
    {
        while (_nextObject < draft.Objects.Count && draft.Objects[_nextObject].Start < address)
            _nextObject++;
        return _nextObject < draft.Objects.Count && draft.Objects[_nextObject].Start == address
            ? draft.Objects[_nextObject]
            : null;
    }

    private KnownObject? NextObjectIn(ulong start, ulong end)
    {
        while (_nextObject < draft.Objects.Count && draft.Objects[_nextObject].Start < start)
            _nextObject++;
        return _nextObject < draft.Objects.Count && draft.Objects[_nextObject].End <= end ? draft.Objects[_nextObject] : null;
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
        .. draft.HoleSides.BySource
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
}
