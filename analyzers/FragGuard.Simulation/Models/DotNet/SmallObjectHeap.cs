using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Regions, blocks and free lists of the three generations of small objects, and how objects come into them.</summary>
internal sealed class SmallObjectHeap
{
    public const int Generations = 3;
    public const int Middle = 1;
    public const int Oldest = 2;

    /// <summary>Bytes that the runtime sets aside at once for a thread's next objects.</summary>
    private const long ContextBytes = 8192;

    private static readonly UohRules[] Rules =
    [
        new(PadBytes: 0, FreeLists: 1, FirstListBits: 0),
        new(PadBytes: 0, FreeLists: 1, FirstListBits: 0),
        new(PadBytes: 0, FreeLists: 12, FirstListBits: 7),
    ];

    private readonly GcBlocks _table = new();
    private readonly List<SohRegion>[] _regions = [new(), new(), new()];
    private readonly UohFreeLists[] _gaps = [new(Rules[0]), new(Rules[1]), new(Rules[2])];
    private readonly Stack<SohRegion> _spare = new();
    private readonly List<SohRegion> _byNumber = new();
    private readonly LiveBlocks<int> _pins = new();
    private readonly long _regionBytes;
    private int _allocating;
    private long _contextEnd;

    /// <param name="regionBytes">Bytes of a region, a power of two.</param>
    public SmallObjectHeap(long regionBytes) => _regionBytes = regionBytes;

    public UohBlock[] Blocks => _table.All;

    public long CommittedBytes { get; private set; }

    /// <summary>Bytes in gaps large enough for a free list.</summary>
    public long FreeBytes { get; private set; }

    public ref UohBlock this[int block] => ref _table.All[block];

    public List<SohRegion> RegionsOf(int generation) => _regions[generation];

    public UohFreeLists GapsOf(int generation) => _gaps[generation];

    public int GenerationOf(int block) => _byNumber[(int)(Blocks[block].Start / _regionBytes)].Generation;

    public SohRegion RegionOf(int block) => _byNumber[(int)(Blocks[block].Start / _regionBytes)];

    /// <summary>Bytes laid out in the regions of a generation.</summary>
    public long SizeOf(int generation)
    {
        long bytes = 0;
        foreach (SohRegion region in _regions[generation])
            bytes += region.AllocatedBytes;
        return bytes;
    }

    /// <summary>Bytes between the objects of a generation.</summary>
    public long FragmentationOf(int generation)
    {
        long bytes = 0;
        foreach (SohRegion region in _regions[generation])
            bytes += region.GapBytes;
        return bytes;
    }

    /// <summary>A new object: into a gap between pinned ones, at the end of the region in use, or in a new region.</summary>
    /// <param name="bytes">Bytes of the object, header included, a multiple of 8.</param>
    public int Allocate(long bytes)
    {
        int before = _gaps[0].Take(bytes, Blocks);
        if (before >= 0)
            return Split(before, bytes);
        SohRegion? region = _allocating < _regions[0].Count ? _regions[0][_allocating] : null;
        if (region is not null && region.AllocatedEnd + bytes <= _contextEnd)
            return AppendTo(region, bytes);
        return AppendInNewContext(bytes);
    }

    /// <summary>
    /// Young objects are allocated in contexts of some bytes; between two contexts a smallest object is left unused.
    /// </summary>
    private int AppendInNewContext(long bytes)
    {
        List<SohRegion> young = _regions[0];
        bool goesOn = _contextEnd > 0;
        while (_allocating < young.Count && !young[_allocating].HasRoom(NextContext(young[_allocating], goesOn), bytes))
        {
            _allocating++;
            goesOn = false;
        }

        if (_allocating == young.Count)
            young.Add(NewRegion(0));
        SohRegion region = young[_allocating];
        long end = NextContext(region, goesOn) + Math.Max(bytes + LohLayout.MinObjectBytes, ContextBytes);
        _contextEnd = Math.Min(end, region.End) - LohLayout.MinObjectBytes;
        return AppendTo(region, bytes, goesOn ? LohLayout.MinObjectBytes : 0);
    }

    private long NextContext(SohRegion region, bool goesOn) =>
        goesOn ? _contextEnd + LohLayout.MinObjectBytes : region.AllocatedEnd;

    /// <summary>An object at the end of a region.</summary>
    /// <param name="padBytes">Bytes left unused in front of it.</param>
    public int AppendTo(SohRegion region, long bytes, long padBytes = 0)
    {
        int placed = _table.New(bytes);
        Append(region, placed, placed, region.AllocatedEnd + padBytes);
        return placed;
    }

    /// <summary>An object at the front of the gap behind a block; what is left goes to the front of its list.</summary>
    public int Split(int before, long bytes)
    {
        int placed = PutBehind(before, bytes);
        if (Blocks[placed].GapBytes >= LohLayout.MinFreeBytes)
            _gaps[GenerationOf(placed)].AddFirst(placed, Blocks[placed].GapBytes);
        return placed;
    }

    /// <summary>An object at the front of the gap behind a block; lists are left alone.</summary>
    public int PutBehind(int before, long bytes)
    {
        int placed = _table.New(bytes);
        Insert(before, placed, placed, Blocks[before].Start + Blocks[before].Bytes);
        return placed;
    }

    /// <summary>Puts a chain of adjacent objects at the end of a region, a gap before it where it does not touch.</summary>
    /// <returns>Bytes of that gap.</returns>
    public long Append(SohRegion region, int first, int last, long start)
    {
        UohBlock[] blocks = Blocks;
        long gap = start - region.AllocatedEnd;
        SetGap(region, region.Last, gap);
        blocks[region.Last].Next = first;
        long end = MoveChain(first, last, start);
        blocks[last].Next = -1;
        blocks[last].GapBytes = 0;
        region.Last = last;
        EndAt(region, end);
        return gap;
    }

    /// <summary>Puts a chain of adjacent objects into the gap behind a block; lists are left alone.</summary>
    public void Insert(int before, int first, int last, long start)
    {
        SohRegion region = RegionOf(before);
        UohBlock[] blocks = Blocks;
        long gapEnd = blocks[before].Start + blocks[before].Bytes + blocks[before].GapBytes;
        int next = blocks[before].Next;
        SetGap(region, before, start - (blocks[before].Start + blocks[before].Bytes));
        blocks[before].Next = first;
        long end = MoveChain(first, last, start);
        blocks[last].GapBytes = 0;
        SetGap(region, last, gapEnd - end);
        blocks[last].Next = next;
    }

    /// <summary>Sets the bytes between a block and the next one.</summary>
    public void SetGap(SohRegion region, int owner, long bytes)
    {
        ref UohBlock block = ref Blocks[owner];
        long free = FreePart(bytes) - FreePart(block.GapBytes);
        region.GapBytes += bytes - block.GapBytes;
        region.FreeBytes += free;
        FreeBytes += free;
        block.GapBytes = bytes;
    }

    public void EndAt(SohRegion region, long end)
    {
        CommittedBytes -= region.CommittedEnd;
        region.EndAt(end);
        CommittedBytes += region.CommittedEnd;
    }

    /// <summary>Commits a region up to an address.</summary>
    public void Commit(SohRegion region, long end)
    {
        CommittedBytes -= region.CommittedEnd;
        region.Commit(end);
        CommittedBytes += region.CommittedEnd;
    }

    /// <summary>Forgets the gaps of a region, so that they can be counted again.</summary>
    public void ForgetGaps(SohRegion region)
    {
        FreeBytes -= region.FreeBytes;
        region.FreeBytes = 0;
        region.GapBytes = 0;
    }

    /// <summary>Forgets the objects of a region, so that survivors can be put there again.</summary>
    public void EmptyOut(SohRegion region)
    {
        ForgetGaps(region);
        Blocks[region.First].Next = -1;
        Blocks[region.First].GapBytes = 0;
        region.Last = region.First;
        region.EndAt(region.FirstObject);
    }

    /// <summary>The program dropped the object: it keeps its place until a GC of its generation.</summary>
    public void Drop(int block)
    {
        Blocks[block].DeathAge = 0;
        _pins.Remove(block, out _);
    }

    public bool IsPinned(int block) => _pins.Count > 0 && _pins.Contains(block);

    /// <summary>Adds a pin, or takes one back with −1.</summary>
    /// <returns>False when there is none to take back.</returns>
    public bool Pin(int block, int change)
    {
        _pins.TryGet(block, out int pins);
        pins += change;
        if (pins > 0)
            _pins.Set(block, pins);
        else
            _pins.Remove(block, out _);
        return pins >= 0;
    }

    public void Release(int block) => _table.Release(block);

    public SohRegion NewRegion(int generation)
    {
        SohRegion region = _spare.Count > 0 ? _spare.Pop() : new SohRegion(_byNumber.Count, _regionBytes);
        if (region.Number == _byNumber.Count)
            _byNumber.Add(region);
        int first = _table.New(0);
        Blocks[first] = new UohBlock
        {
            Start = region.FirstObject, Next = -1, Site = -1, DeathAge = UohBlock.Never,
        };
        region.Open(generation, first);
        CommittedBytes += region.CommittedEnd - region.Start;
        return region;
    }

    /// <summary>Every generation has at least one region.</summary>
    public void NeedRegion(int generation)
    {
        if (_regions[generation].Count == 0)
            _regions[generation].Add(NewRegion(generation));
    }

    /// <summary>Takes over the regions that a GC left to each generation.</summary>
    public void Rethread(int condemned, List<SohRegion> regions)
    {
        for (int generation = 0; generation <= condemned; generation++)
            _regions[generation].Clear();
        foreach (SohRegion region in regions)
        {
            if (region.Last == region.First)
            {
                Return(region);
                continue;
            }

            _regions[region.Generation].Add(region);
            CommittedBytes -= region.CommittedEnd;
            region.Decommit();
            CommittedBytes += region.CommittedEnd;
        }

        _allocating = 0;
        _contextEnd = 0;
    }

    public void AddExtents(List<LayoutExtent> extents)
    {
        foreach (SohRegion region in _byNumber)
        {
            if (region.IsOpen)
                GcExtents.Add(extents, Blocks, region.Start, region.First, region.AllocatedEnd, region.CommittedEnd);
        }
    }

    private static long FreePart(long gapBytes) => gapBytes >= LohLayout.MinFreeBytes ? gapBytes : 0;

    private long MoveChain(int first, int last, long start)
    {
        UohBlock[] blocks = Blocks;
        for (int block = first; ; block = blocks[block].Next)
        {
            blocks[block].Start = start;
            start += blocks[block].Bytes;
            if (block == last)
                return start;
        }
    }

    private void Return(SohRegion region)
    {
        CommittedBytes -= region.CommittedEnd - region.Start;
        _table.Release(region.First);
        region.Close();
        _spare.Push(region);
    }
}
