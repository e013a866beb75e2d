using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Regions, blocks and free lists of one heap of large or pinned objects, and the ways a full GC rebuilds them. Regions
/// are searched in the order they were obtained; a region that empties is given back, except the first.
/// </summary>
internal sealed class UserOldHeap
{
    /// <summary>User address space of a process: no heap can commit more.</summary>
    public const long MostBytes = 1L << 47;

    private const int SmallestRegionCount = 8;

    private readonly UohRules _rules;
    private readonly UohFreeLists _gaps;
    private readonly List<UohRegion> _regions = new();
    private readonly Stack<UohRegion> _spareRegions = new();
    private MaxTree _room = new(SmallestRegionCount);
    private readonly long _regionBytes;
    private readonly GcBlocks _table = new();
    private UohBlock[] _blocks;
    private int[] _owners = [];
    private int _firstToSearch;
    private int _age;
    private int _markedAge;
    private long _nextStart;

    /// <param name="regionBytes">Bytes of a region, a power of two.</param>
    /// <param name="start">Where the heap's address space begins.</param>
    public UserOldHeap(UohRules rules, long regionBytes, long start = 0)
    {
        _nextStart = start;
        _rules = rules;
        _gaps = new UohFreeLists(rules);
        _blocks = _table.All;
        _regionBytes = regionBytes;
        AddRegion(regionBytes);
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

    public long PadBytes => _rules.PadBytes;

    /// <summary>An object, until the next allocation or GC.</summary>
    public ref UohBlock this[int block] => ref _blocks[block];

    /// <summary>Free list first, then the end of a region, then a new region.</summary>
    /// <param name="objectBytes">Bytes of the object, header included, a multiple of 8.</param>
    /// <returns>The block, or −1 when address space is exhausted.</returns>
    public int Allocate(long objectBytes)
    {
        int before = _gaps.Take(objectBytes, _blocks);
        if (before >= 0)
            return Split(before, objectBytes);

        int region = _room.First(_firstToSearch, _rules.BytesAtEnd(objectBytes));
        if (region >= 0)
            return AppendTo(region, objectBytes);
        if (CommittedBytes + objectBytes > MostBytes || _nextStart > long.MaxValue - (2 * MostBytes))
            return -1;
        return AppendTo(AddRegion(ReservationFor(objectBytes)), objectBytes);
    }

    /// <summary>The program dropped the object: it keeps its place until a full GC has found and swept it.</summary>
    public void Drop(int block) => _blocks[block].DeathAge = _age;

    /// <summary>Finds the objects that died so far; those that die later float until the next full GC.</summary>
    public void Mark() => _markedAge = ++_age;

    /// <summary>Turns everything between objects that were not found dead into gaps; nothing moves.</summary>
    public void Sweep()
    {
        _gaps.Clear();
        LostBytes = 0;
        if (_owners.Length < _blocks.Length)
            _owners = new int[_blocks.Length];
        int gaps = 0;
        foreach (UohRegion region in _regions)
            gaps = Sweep(region, gaps);
        for (int i = 0; i < gaps; i++)
            _gaps.AddLast(_owners[i], _blocks[_owners[i]].GapBytes);
        _firstToSearch = 0;
        DropEmptyRegions();
    }

    /// <summary>Slides every object that was not found dead, behind its pad, as far to the front as the regions go.</summary>
    /// <remarks>Until the next sweep, ends of regions are searched from the last one that was filled.</remarks>
    public void Compact()
    {
        _gaps.Clear();
        LostBytes = 0;
        int target = 0;
        foreach (UohRegion region in _regions)
        {
            int next = _blocks[region.First].Next;
            EmptyOut(region);
            for (int block = next; block >= 0; block = next)
            {
                next = _blocks[block].Next;
                if (IsDoomed(block))
                {
                    _table.Release(block);
                    continue;
                }

                while (_regions[target].RoomBytes < _rules.PadBytes + _blocks[block].Bytes)
                    target++;
                Append(_regions[target], block);
            }
        }

        UohRegion filled = _regions[target];
        DropEmptyRegions();
        _firstToSearch = _regions.IndexOf(filled);
    }

    public void AddExtents(List<LayoutExtent> extents)
    {
        foreach (UohRegion region in _regions)
            GcExtents.Add(extents, _blocks, region.Start, region.First, region.AllocatedEnd, region.CommittedEnd);
    }

    /// <summary>Address space reserved for an object too large for a normal region: whole multiples of one.</summary>
    internal long ReservationFor(long objectBytes)
    {
        long needed = objectBytes + _rules.PadBytes + (2 * LohLayout.MinObjectBytes) + LohLayout.OsPageBytes;
        return (needed + _regionBytes) / _regionBytes * _regionBytes;
    }

    private bool IsDoomed(int block) => _blocks[block].DeathAge < _markedAge;

    /// <remarks>
    /// Which objects died decides no branch, so that no processor has to guess it: what holds of survivors alone is
    /// written for every object, and again for the next one.
    /// </remarks>
    /// <param name="gaps">Number of gaps found so far.</param>
    /// <returns>Number of gaps found by now; each is known by the block before it.</returns>
    private int Sweep(UohRegion region, int gaps)
    {
        UohBlock[] blocks = _blocks;
        int[] owners = _owners;
        int keeper = region.First;
        int markedAge = _markedAge;
        int unused = _table.Unused;
        long gapBytes = blocks[keeper].GapBytes;
        long lostBytes = 0;
        for (int block = blocks[keeper].Next; block >= 0;)
        {
            ref UohBlock swept = ref blocks[block];
            int isDoomed = (swept.DeathAge - markedAge) >> 31;
            int isGap = ~isDoomed & (int)((LohLayout.MinFreeBytes - 1 - gapBytes) >> 63);
            ref UohBlock kept = ref blocks[keeper];
            int next = swept.Next;
            kept.GapBytes = gapBytes;
            kept.Next = block;
            owners[gaps] = keeper;
            gaps -= isGap;
            lostBytes += gapBytes & ~(isDoomed | isGap);
            swept.Next = unused;
            unused ^= (unused ^ block) & isDoomed;
            keeper ^= (keeper ^ block) & ~isDoomed;
            gapBytes = ((gapBytes + swept.Bytes) & isDoomed) + swept.GapBytes;
            block = next;
        }

        ref UohBlock last = ref blocks[keeper];
        last.Next = -1;
        last.GapBytes = 0;
        region.Last = keeper;
        region.EndAt(last.Start + last.Bytes);
        LostBytes += lostBytes;
        _table.Unused = unused;
        return gaps;
    }

    /// <summary>The pad takes the front of the gap; what is left behind the object goes to the front of its list.</summary>
    private int Split(int before, long objectBytes)
    {
        int placed = NewBlock(objectBytes);
        ref UohBlock owner = ref _blocks[before];
        ref UohBlock block = ref _blocks[placed];
        long rest = owner.GapBytes - _rules.PadBytes - objectBytes;
        block.Start = owner.Start + owner.Bytes + _rules.PadBytes;
        block.GapBytes = rest;
        block.Next = owner.Next;
        owner.Next = placed;
        owner.GapBytes = _rules.PadBytes;
        LostBytes += _rules.PadBytes;
        if (rest >= LohLayout.MinFreeBytes)
            _gaps.AddFirst(placed, rest);
        else
            LostBytes += rest;
        return placed;
    }

    private int AppendTo(int index, long objectBytes)
    {
        UohRegion region = _regions[index];
        long committed = region.CommittedBytes;
        int placed = NewBlock(objectBytes);
        Append(region, placed);
        _room.Lower(index, region.RoomBytes);
        SizeBytes += _rules.PadBytes + objectBytes;
        CommittedBytes += region.CommittedBytes - committed;
        return placed;
    }

    private void Append(UohRegion region, int placed)
    {
        _blocks[region.Last].Next = placed;
        _blocks[region.Last].GapBytes = _rules.PadBytes;
        LostBytes += _rules.PadBytes;
        ref UohBlock block = ref _blocks[placed];
        block.Start = region.AllocatedEnd + _rules.PadBytes;
        block.GapBytes = 0;
        block.Next = -1;
        region.Last = placed;
        region.EndAt(region.AllocatedEnd + _rules.PadBytes);
        region.EndAt(block.Start + block.Bytes);
    }

    private void EmptyOut(UohRegion region)
    {
        ref UohBlock first = ref _blocks[region.First];
        first.Next = -1;
        first.GapBytes = 0;
        region.Last = region.First;
        region.EndAt(region.FirstBlock);
    }

    private int NewBlock(long bytes)
    {
        int block = _table.New(bytes);
        _blocks = _table.All;
        return block;
    }

    /// <returns>Its index.</returns>
    private int AddRegion(long bytes)
    {
        int first = NewBlock(0);
        UohRegion region = _spareRegions.Count > 0 ? _spareRegions.Pop() : new UohRegion();
        region.Open(_nextStart, bytes, first);
        _blocks[first] = new UohBlock { Start = region.FirstBlock, Next = -1, Site = -1, DeathAge = UohBlock.Never };
        _nextStart = region.End;
        _regions.Add(region);
        CommittedBytes += region.CommittedBytes;
        if (_regions.Count > _room.Capacity)
            ListRoom();
        else
            _room.Raise(_regions.Count - 1, region.RoomBytes);
        return _regions.Count - 1;
    }

    private void DropEmptyRegions()
    {
        SizeBytes = 0;
        CommittedBytes = 0;
        int kept = 0;
        for (int i = 0; i < _regions.Count; i++)
        {
            UohRegion region = _regions[i];
            if (i > 0 && region.IsEmpty)
            {
                _table.Release(region.First);
                _spareRegions.Push(region);
                continue;
            }

            region.Decommit();
            SizeBytes += region.AllocatedBytes;
            CommittedBytes += region.CommittedBytes;
            _regions[kept++] = region;
        }

        _regions.RemoveRange(kept, _regions.Count - kept);
        ListRoom();
    }

    private void ListRoom()
    {
        if (_room.Capacity < _regions.Count)
            _room = new MaxTree(_regions.Count);
        else
            _room.Clear(0, _room.Capacity);
        for (int i = 0; i < _regions.Count; i++)
            _room.Put(i, _regions[i].RoomBytes);
        _room.Build(0, _regions.Count);
    }
}
