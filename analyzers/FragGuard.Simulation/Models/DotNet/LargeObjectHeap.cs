using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Regions, blocks and free lists of one large object heap, and the ways a full GC rebuilds them. Regions are searched
/// in the order they were obtained; a region that empties is given back, except the first.
/// </summary>
internal sealed class LargeObjectHeap
{
    private readonly List<LohRegion> _regions = new();
    private readonly LohFreeLists _gaps = new();
    private readonly long _regionBytes;
    private LohRegion _firstToSearch;
    private long _nextStart;

    public LargeObjectHeap(long regionBytes)
    {
        _regionBytes = regionBytes;
        _firstToSearch = AddRegion(regionBytes);
    }

    /// <summary>Bytes on the free lists.</summary>
    public long FreeBytes => _gaps.Bytes;

    /// <summary>Bytes of pads and lost remainders.</summary>
    public long LostBytes { get; private set; }

    public long FragmentationBytes => FreeBytes + LostBytes;

    public long CommittedBytes { get; private set; }

    /// <summary>Bytes laid out in regions, whatever they hold.</summary>
    public long SizeBytes { get; private set; }

    public int Regions => _regions.Count;

    /// <summary>Free list first, then the end of a region, then a new region.</summary>
    public LohBlock Allocate(long objectBytes)
    {
        if (_gaps.Take(objectBytes) is { } gap)
            return Split(gap, objectBytes);

        for (int i = _regions.IndexOf(_firstToSearch); i < _regions.Count; i++)
        {
            if (_regions[i].HasRoomAtEnd(objectBytes))
                return AppendTo(_regions[i], objectBytes);
        }

        return AppendTo(AddRegion(ReservationFor(objectBytes)), objectBytes);
    }

    /// <summary>Finds the objects that died so far; those that die later float until the next full GC.</summary>
    public void Mark()
    {
        foreach (LohRegion region in _regions)
        {
            for (LohBlock? block = region.First; block is not null; block = block.Next)
            {
                if (block.State == LohBlockState.Dead)
                    block.State = LohBlockState.Doomed;
            }
        }
    }

    /// <summary>Turns everything between objects that were not found dead into gaps; nothing moves.</summary>
    public void Sweep()
    {
        _gaps.Clear();
        LostBytes = 0;
        foreach (LohRegion region in _regions)
        {
            LohBlock? block = region.First;
            region.Clear();
            long gapBytes = 0;
            while (block is not null)
            {
                LohBlock? next = block.Next;
                if (block.State is LohBlockState.Live or LohBlockState.Dead)
                {
                    AddGap(region, gapBytes);
                    gapBytes = 0;
                    region.Append(block);
                }
                else
                {
                    gapBytes += block.Bytes;
                }

                block = next;
            }
        }

        _firstToSearch = _regions[0];
        DropEmptyRegions();
    }

    /// <summary>Slides every object that was not found dead, behind its pad, as far to the front as the regions go.</summary>
    /// <remarks>Until the next sweep, ends of regions are searched from the last one that was filled.</remarks>
    public void Compact()
    {
        _gaps.Clear();
        LostBytes = 0;
        List<LohBlock> survivors = new();
        foreach (LohRegion region in _regions)
        {
            for (LohBlock? block = region.First; block is not null; block = block.Next)
            {
                if (block.State is LohBlockState.Live or LohBlockState.Dead)
                    survivors.Add(block);
            }

            region.Clear();
        }

        int target = 0;
        foreach (LohBlock survivor in survivors)
        {
            while (_regions[target].AllocatedEnd + LohLayout.PadBytes + survivor.Bytes > _regions[target].End)
                target++;
            _regions[target].Append(LohBlockState.Lost, LohLayout.PadBytes);
            _regions[target].Append(survivor);
            LostBytes += LohLayout.PadBytes;
        }

        _firstToSearch = _regions[target];
        DropEmptyRegions();
    }

    public IReadOnlyList<LayoutExtent> Extents()
    {
        List<LayoutExtent> extents = new();
        foreach (LohRegion region in _regions)
        {
            Add(extents, region.Start, LohLayout.RegionHeaderBytes, ExtentUse.Metadata);
            for (LohBlock? block = region.First; block is not null; block = block.Next)
            {
                if (block.State == LohBlockState.Live)
                {
                    extents.Add(new LayoutExtent(
                        new Extent(block.Start, block.Bytes), ExtentUse.Used, block.RequestedBytes, block.Site));
                }
                else
                {
                    Add(extents, block.Start, block.Bytes,
                        block.State == LohBlockState.Free ? ExtentUse.Free : ExtentUse.Metadata);
                }
            }

            Add(extents, region.AllocatedEnd, region.CommittedEnd - region.AllocatedEnd, ExtentUse.Metadata);
        }

        return extents;
    }

    /// <summary>Address space reserved for an object too large for a normal region: whole multiples of one.</summary>
    internal long ReservationFor(long objectBytes)
    {
        long needed = objectBytes + LohLayout.PadBytes + (2 * LohLayout.MinObjectBytes) + LohLayout.OsPageBytes;
        return (needed + _regionBytes) / _regionBytes * _regionBytes;
    }

    private static void Add(List<LayoutExtent> extents, long start, long bytes, ExtentUse use)
    {
        if (bytes > 0)
            extents.Add(new LayoutExtent(new Extent(start, bytes), use));
    }

    /// <summary>The pad takes the front of the gap; what is left behind the object goes to the front of its list.</summary>
    private LohBlock Split(LohBlock gap, long objectBytes)
    {
        LohBlock placed = new(LohBlockState.Live, gap.Start + LohLayout.PadBytes, objectBytes);
        LohBlock rest = new(LohBlockState.Lost, placed.Start + objectBytes, gap.Bytes - LohLayout.PadBytes - objectBytes)
        {
            Next = gap.Next,
        };
        gap.State = LohBlockState.Lost;
        gap.Bytes = LohLayout.PadBytes;
        gap.Next = placed;
        placed.Next = rest;
        LostBytes += LohLayout.PadBytes;
        if (rest.Bytes >= LohLayout.MinFreeBytes)
        {
            rest.State = LohBlockState.Free;
            _gaps.AddFirst(rest);
        }
        else
        {
            LostBytes += rest.Bytes;
        }

        return placed;
    }

    private LohBlock AppendTo(LohRegion region, long objectBytes)
    {
        long committed = region.CommittedBytes;
        region.Append(LohBlockState.Lost, LohLayout.PadBytes);
        LohBlock placed = region.Append(LohBlockState.Live, objectBytes);
        LostBytes += LohLayout.PadBytes;
        SizeBytes += LohLayout.PadBytes + objectBytes;
        CommittedBytes += region.CommittedBytes - committed;
        return placed;
    }

    private void AddGap(LohRegion region, long bytes)
    {
        if (bytes >= LohLayout.MinFreeBytes)
        {
            _gaps.AddLast(region.Append(LohBlockState.Free, bytes));
        }
        else if (bytes > 0)
        {
            region.Append(LohBlockState.Lost, bytes);
            LostBytes += bytes;
        }
    }

    private LohRegion AddRegion(long bytes)
    {
        LohRegion region = new(_nextStart, bytes);
        _nextStart = region.End;
        _regions.Add(region);
        CommittedBytes += region.CommittedBytes;
        return region;
    }

    private void DropEmptyRegions()
    {
        LohRegion first = _regions[0];
        _regions.RemoveAll(region => region.First is null && region != first);
        SizeBytes = 0;
        CommittedBytes = 0;
        foreach (LohRegion region in _regions)
        {
            region.Decommit();
            SizeBytes += region.AllocatedBytes;
            CommittedBytes += region.CommittedBytes;
        }
    }
}
