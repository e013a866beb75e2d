using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Where survivors of a young GC are planned in the older generation: in gaps of its free lists, then at the ends of its
/// regions. Nothing is final until the GC compacts; a sweep takes everything back.
/// </summary>
internal sealed class SohOlderSpace
{
    private const long LongestUnpadded = 1000;

    private readonly SmallObjectHeap _heap;
    private readonly List<(int List, int Position, int Owner, long Bytes)> _taken = new();
    private readonly List<(int Owner, long Start, long Bytes)> _rests = new();
    private readonly int[] _searchFrom = new int[SmallObjectHeap.Generations];
    private int _generation;
    private long _at;
    private long _limit;
    private long _contextStart;
    private int _before;
    private int _region;
    private SohRegion? _end;

    public SohOlderSpace(SmallObjectHeap heap) => _heap = heap;

    private List<SohRegion> Regions => _heap.RegionsOf(_generation);

    /// <param name="generation">The generation above those that are collected; there is none above the oldest.</param>
    public void Begin(int generation)
    {
        Array.Clear(_searchFrom, 0, Math.Min(generation, _searchFrom.Length));
        _taken.Clear();
        _rests.Clear();
        _generation = generation;
        if (generation > SmallObjectHeap.Oldest)
            return;
        _at = _limit = _contextStart = 0;
        _before = -1;
        _end = null;
        _region = Math.Min(_searchFrom[generation], Math.Max(0, Regions.Count - 1));
        foreach (SohRegion region in Regions)
        {
            region.PlannedEnd = region.AllocatedEnd;
            region.PlannedLast = region.Last;
        }
    }

    /// <returns>The plug at its new place; null when the older generation has none.</returns>
    public SohPlug? Plan(in SohPlug plug)
    {
        bool pads = _generation != SmallObjectHeap.Oldest;
        long needed = plug.Bytes + (pads ? LohLayout.MinObjectBytes : 0);
        if (!UohRules.Fits(_limit - _at, needed) && !Find(plug.Bytes, needed))
            return null;
        long pad = 0;
        // At the end of a region a plug may fit without a pad only.
        if (pads && (_at == _contextStart || _at - _contextStart >= LongestUnpadded)
            && UohRules.Fits(_limit - _at, needed))
        {
            pad = LohLayout.MinObjectBytes;
            _contextStart = _at;
        }

        SohPlug planned = plug with { Start = _at + pad, Before = _before };
        _at = planned.End;
        _before = plug.Last;
        if (_end is not null)
        {
            _end.PlannedEnd = _at;
            _end.PlannedLast = plug.Last;
        }

        return planned;
    }

    /// <summary>The plan is carried out: rests of gaps are free again.</summary>
    public void Commit()
    {
        if (_generation > SmallObjectHeap.Oldest)
            return;
        Leave();
        _searchFrom[_generation] = _region;
        foreach ((int owner, _, long bytes) in _rests)
        {
            if (bytes > 0)
                _heap.GapsOf(_generation).AddFirst(owner, bytes);
        }
    }

    /// <summary>The plan is dropped: what was taken goes back to where it was.</summary>
    public void TakeBack()
    {
        if (_generation > SmallObjectHeap.Oldest)
            return;
        UohFreeLists gaps = _heap.GapsOf(_generation);
        for (int i = _taken.Count - 1; i >= 0; i--)
            gaps.PutBack(_taken[i].List, _taken[i].Position, _taken[i].Bytes);
    }

    private bool Find(long bytes, long needed)
    {
        (SohRegion? end, long at, long contextStart) = (_end, _at, _contextStart);
        int before = _before;
        Leave();
        UohFreeLists gaps = _heap.GapsOf(_generation);
        for (int list = gaps.ListOf(2 * (needed + LohLayout.MinObjectBytes)); list < gaps.Count; list++)
        {
            if (FindRest(gaps, list, needed) || FindGap(gaps, list, needed))
                return true;
        }

        if (!FindEnd(bytes, needed, end))
            return false;
        if (_end == end)
            (_at, _contextStart, _before) = (at, contextStart, before);
        return true;
    }

    /// <summary>The rest of the gap in use becomes one that can be found again.</summary>
    private void Leave()
    {
        if (_end is null && _limit - _at >= LohLayout.MinFreeBytes)
            _rests.Add((_before, _at, _limit - _at));
        _at = _limit = _contextStart = 0;
        _end = null;
    }

    /// <summary>
    /// Rests are found last in, first out, and before the gaps of the same list. In the list of the smallest ones, what
    /// does not fit is given up.
    /// </summary>
    private bool FindRest(UohFreeLists gaps, int list, long needed)
    {
        for (int i = _rests.Count - 1; i >= 0; i--)
        {
            (int owner, long start, long bytes) = _rests[i];
            if (gaps.ListOf(bytes) != list)
                continue;
            bool fits = UohRules.Fits(bytes, needed);
            if (fits || list == 0)
                _rests.RemoveAt(i);
            if (!fits)
                continue;
            Enter(owner, start, start + bytes);
            return true;
        }

        return false;
    }

    private bool FindGap(UohFreeLists gaps, int list, long needed)
    {
        long least = list == 0 ? LohLayout.MinObjectBytes : needed;
        while (gaps.TakeFrom(list, least, _heap.Blocks, out int position) is { } owner and >= 0)
        {
            UohBlock block = _heap[owner];
            _taken.Add((list, position, owner, block.GapBytes));
            if (!UohRules.Fits(block.GapBytes, needed))
                continue;
            Enter(owner, block.Start + block.Bytes, block.Start + block.Bytes + block.GapBytes);
            return true;
        }

        return false;
    }

    /// <summary>
    /// The committed rest of a region, or more of it that is committed now. Survivors go there until it is used up; then
    /// the gaps come first again.
    /// </summary>
    /// <param name="current">The region at whose end the last one went, if it did.</param>
    private bool FindEnd(long bytes, long needed, SohRegion? current)
    {
        for (; _region < Regions.Count; _region++)
        {
            SohRegion region = Regions[_region];
            long from = region == current ? region.CommittedEnd : region.PlannedEnd;
            if (!UohRules.Fits(region.CommittedEnd - from, needed))
            {
                if (!region.HasRoom(from, needed) && !region.HasRoom(from, bytes))
                    continue;
                _heap.Commit(region, Math.Min(from + needed, region.End));
            }

            Enter(region.PlannedLast, region.PlannedEnd, region.CommittedEnd);
            _end = region;
            return true;
        }

        _region = Math.Max(0, Regions.Count - 1);
        return false;
    }

    private void Enter(int owner, long start, long limit)
    {
        _before = owner;
        _at = _contextStart = start;
        _limit = limit;
    }
}
