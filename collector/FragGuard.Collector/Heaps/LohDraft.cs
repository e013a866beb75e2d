using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Heaps;

/// <summary>The large-object heap as one full GC left it: regions, and the objects in them.</summary>
internal sealed class LohDraft
{
    private const int HeaderBytes = 24;

    /// <summary>Every large object is preceded by a free object of this size that belongs to it.</summary>
    private const ulong PadBytes = 32;

    private readonly GenerationExtent[] _regions;
    private readonly (ulong Start, ulong Bytes, int Source)[] _objects;

    public LohDraft(
        int gcNumber,
        GcKind kind,
        double timeMs,
        IEnumerable<GenerationExtent> regions,
        SurvivorExtents survivors,
        IReadOnlyDictionary<ulong, LargeObject> located)
    {
        GcNumber = gcNumber;
        Kind = kind;
        TimeMs = timeMs;
        _regions = [.. regions.OrderBy(region => region.Start)];
        Dictionary<ulong, (ulong Bytes, int Source)> objects = [];
        foreach (SurvivorExtent extent in survivors.Sorted())
            objects[extent.NewStart] = (extent.Bytes, located.TryGetValue(extent.NewStart, out LargeObject? one) ? one.Source : -1);
        foreach (LargeObject one in located.Values)
            objects.TryAdd(one.Address, ((ulong)one.Bytes, one.Source));
        _objects = [.. objects.Select(pair => (pair.Key, pair.Value.Bytes, pair.Value.Source)).OrderBy(one => one.Key)];
        FreeBytes = Extents(static _ => -1).Where(extent => extent.Use == ExtentUse.Free).Sum(extent => extent.Extent.Bytes);
    }

    public int GcNumber { get; }

    public GcKind Kind { get; }

    public double TimeMs { get; }

    public long FreeBytes { get; }

    public LohSnapshot Build(Func<int, int> siteOf)
    {
        LayoutExtent[] extents = [.. Extents(siteOf)];
        long used = SumOf(extents, ExtentUse.Used);
        long committed = used + FreeBytes + SumOf(extents, ExtentUse.Metadata);
        HeapCounters counters = new(
            extents.Sum(extent => extent.RequestedBytes), used, committed, committed, FreeBytes, FreeBytes);
        return new LohSnapshot(GcNumber, Kind, TimeMs, new HeapLayout(counters, extents));
    }

    private static long SumOf(IEnumerable<LayoutExtent> extents, ExtentUse use) =>
        extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);

    // Everything outside the used part of a region, or overlapping what was laid out before, is dropped: the stream may lie.
    private IEnumerable<LayoutExtent> Extents(Func<int, int> siteOf)
    {
        long offset = 0;
        int next = 0;
        ulong previousEnd = 0;
        foreach (GenerationExtent region in _regions)
        {
            if (region.Start < previousEnd || region.UsedEnd < region.Start || region.UsedBytes > long.MaxValue / 4096)
                continue;

            previousEnd = region.UsedEnd;
            ulong at = region.Start;
            for (; next < _objects.Length && _objects[next].Start < region.UsedEnd; next++)
            {
                (ulong start, ulong bytes, int source) = _objects[next];
                if (start < at || bytes > region.UsedEnd - start)
                    continue;

                foreach (LayoutExtent gap in Gap(offset, start - at, PadBytes))
                {
                    offset += gap.Extent.Bytes;
                    yield return gap;
                }

                yield return new LayoutExtent(
                    new Extent(offset, (long)bytes), ExtentUse.Used, Math.Max(0, (long)bytes - HeaderBytes), siteOf(source));
                offset += (long)bytes;
                at = start + bytes;
            }

            foreach (LayoutExtent gap in Gap(offset, region.UsedEnd - at, padBytes: 0))
            {
                offset += gap.Extent.Bytes;
                yield return gap;
            }
        }
    }

    private static IEnumerable<LayoutExtent> Gap(long offset, ulong bytes, ulong padBytes)
    {
        ulong pad = Math.Min(bytes, padBytes);
        long free = (long)(bytes - pad);
        if (free > 0)
            yield return new LayoutExtent(new Extent(offset, free), ExtentUse.Free);
        if (pad > 0)
            yield return new LayoutExtent(new Extent(offset + free, (long)pad), ExtentUse.Metadata);
    }
}
