using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Where every survivor of one GC would go if it compacted (the runtime's plan phase): plugs slide to the front of the
/// condemned regions around the pinned ones, or into the older generation. The runtime decides by the outcome whether to
/// carry the plan out or to sweep.
/// </summary>
internal sealed class SohPlan
{
    /// <summary>A plug is padded in front when at least so many bytes were placed since the last pad.</summary>
    private const long LongestUnpadded = 1000;

    /// <summary>A full GC leaves longer plugs alone when they would move by less than a sixteenth of their length.</summary>
    private const long LongPlugBytes = 8 * LohLayout.OsPageBytes;

    private readonly SmallObjectHeap _heap;
    private readonly SohOlderSpace _older;
    private readonly bool _pinsTakeNeighbour;
    private readonly List<SohRegion> _condemned = new();
    private readonly List<SohPlug> _placed = new();
    private readonly Queue<SohPlug> _pins = new();
    private int _generation;
    private bool _promotes;
    private bool _staysInCondemned;
    private int _target;
    private long _at;
    private long _contextStart;
    private long _pinnedGapBytes;

    /// <param name="pinsTakeNeighbour">
    /// Whether a pinned plug takes the next survivor along, as it does where blocks are objects; else its block holds that one.
    /// </param>
    public SohPlan(SmallObjectHeap heap, bool pinsTakeNeighbour = true)
    {
        _heap = heap;
        _pinsTakeNeighbour = pinsTakeNeighbour;
        _older = new SohOlderSpace(heap);
    }

    /// <summary>Bytes of the condemned generations before the GC.</summary>
    public long SizeBytes { get; private set; }

    /// <summary>Bytes that carrying the plan out would free, and the gaps it would leave before pinned plugs.</summary>
    public long FragmentationBytes { get; private set; }

    /// <summary>Plugs among the condemned regions, in address order, and those of the older generation.</summary>
    public List<SohPlug> Placed => _placed;

    /// <summary>Regions of the condemned generations, oldest generation first.</summary>
    public List<SohRegion> Condemned => _condemned;

    public SohOlderSpace Older => _older;

    /// <param name="generation">The oldest generation that is collected.</param>
    /// <param name="promotes">Whether survivors become one generation older.</param>
    public void Make(int generation, bool promotes)
    {
        Begin(generation, promotes);
        int planned = _staysInCondemned ? generation : generation + 1;
        int first = 0;
        for (int from = generation; from >= 0; from--)
        {
            int end = first + _heap.RegionsOf(from).Count;
            for (int i = first; i < end; i++)
                PlanRegion(_condemned[i], from);
            first = end;
            int before = planned;
            if (from <= (promotes ? SmallObjectHeap.Oldest - 1 : SmallObjectHeap.Oldest))
            {
                planned--;
                _staysInCondemned = true;
            }

            if (before != planned && _target < _condemned.Count && _at != _condemned[_target].FirstObject)
                LeaveTarget(Math.Max(before, 0));
        }

        while (_pins.Count > 0)
            LeaveTarget(0);
        Judge();
    }

    private void Begin(int generation, bool promotes)
    {
        _generation = generation;
        _promotes = promotes;
        for (int i = 0; i <= Math.Min(generation + 1, SmallObjectHeap.Oldest); i++)
            _heap.NeedRegion(i);
        _staysInCondemned = generation == SmallObjectHeap.Oldest || !promotes;
        _older.Begin(generation + 1);
        _placed.Clear();
        _pins.Clear();
        _condemned.Clear();
        for (int from = generation; from >= 0; from--)
            _condemned.AddRange(_heap.RegionsOf(from));
        foreach (SohRegion region in _condemned)
        {
            region.PlannedEnd = region.FirstObject;
            region.PlannedGeneration = 0;
        }

        _pinnedGapBytes = 0;
        Enter(0);
    }

    private void Judge()
    {
        SizeBytes = 0;
        FragmentationBytes = _pinnedGapBytes;
        for (int i = 0; i < _condemned.Count; i++)
        {
            SohRegion region = _condemned[i];
            if (i == _target && _at > region.FirstObject)
                region.PlannedEnd = _at;
            SizeBytes += region.AllocatedBytes;
            FragmentationBytes += region.AllocatedEnd - region.PlannedEnd;
        }
    }

    private void Enter(int target)
    {
        _target = target;
        if (target < _condemned.Count)
            _at = _contextStart = _condemned[target].FirstObject;
    }

    /// <summary>Ends the region in use behind its last pinned plug and goes on to the next one.</summary>
    private void LeaveTarget(int plannedGeneration)
    {
        SohRegion region = _condemned[_target];
        while (_pins.Count > 0 && IsIn(region, _pins.Peek().Start))
            PassPin();
        region.PlannedEnd = _at;
        region.PlannedGeneration = plannedGeneration;
        Enter(_target + 1);
    }

    /// <summary>Pads can need more room than the dead leave, where these are smaller than any object.</summary>
    private void AddRegion()
    {
        SohRegion region = _heap.NewRegion(0);
        region.PlannedEnd = region.FirstObject;
        region.PlannedGeneration = 0;
        _condemned.Add(region);
        Enter(_target);
    }

    private static bool IsIn(SohRegion region, long start) => start >= region.Start && start < region.End;

    private void PassPin()
    {
        SohPlug pin = _pins.Dequeue();
        _pinnedGapBytes += pin.Start - _at;
        _placed.Add(pin);
        _at = _contextStart = pin.End;
    }

    private void PlanRegion(SohRegion region, int from)
    {
        UohBlock[] blocks = _heap.Blocks;
        int block = blocks[region.First].Next;
        while (block >= 0)
        {
            if (!blocks[block].IsLive)
            {
                block = blocks[block].Next;
                continue;
            }

            SohPlug plug = PlugFrom(blocks, block, out bool isPinned);
            block = blocks[plug.Last].Next;
            if (isPinned || IsWorthLeaving(plug))
                _pins.Enqueue(plug);
            else
                Place(plug, from);
        }
    }

    /// <summary>The longest chain of adjacent survivors that are all pinned or all not; a pinned one takes one more along.</summary>
    private SohPlug PlugFrom(UohBlock[] blocks, int first, out bool isPinned)
    {
        isPinned = _heap.IsPinned(first);
        long bytes = blocks[first].Bytes;
        int last = first;
        while (NextSurvivor(blocks, last) is { } next and >= 0)
        {
            bool same = _heap.IsPinned(next) == isPinned;
            if (!same && !(isPinned && _pinsTakeNeighbour))
                break;
            last = next;
            bytes += blocks[next].Bytes;
            if (!same)
                break;
        }

        return new SohPlug(first, last, blocks[first].Start, bytes);
    }

    private static int NextSurvivor(UohBlock[] blocks, int block)
    {
        int next = blocks[block].Next;
        return next >= 0 && blocks[block].GapBytes == 0 && blocks[next].IsLive ? next : -1;
    }

    private bool IsWorthLeaving(in SohPlug plug)
    {
        long moved = plug.Start - _at;
        return _generation == SmallObjectHeap.Oldest && plug.Bytes > LongPlugBytes
            && moved > 0 && moved < plug.Bytes / 16 && IsIn(_condemned[_target], plug.Start);
    }

    private void Place(in SohPlug plug, int from)
    {
        if (!_staysInCondemned)
        {
            if (_older.Plan(plug) is { } planned)
            {
                _placed.Add(planned);
                return;
            }

            // Generation 1 is tried until it has refused one plug, generation 2 for every plug.
            _staysInCondemned = _generation == 0;
        }

        int to = Math.Min(SmallObjectHeap.Oldest, _promotes ? from + 1 : from);
        bool pads = to != SmallObjectHeap.Oldest;
        while (true)
        {
            if (_target == _condemned.Count)
                AddRegion();
            SohRegion region = _condemned[_target];
            long pad = pads && plug.Start != _at && (_at == _contextStart || _at - _contextStart >= LongestUnpadded)
                ? LohLayout.MinObjectBytes
                : 0;
            bool untilPin = _pins.Count > 0 && IsIn(region, _pins.Peek().Start);
            long end = _at + pad + plug.Bytes;
            if (untilPin
                ? UohRules.Fits(_pins.Peek().Start - _at, pad + plug.Bytes)
                : end <= region.End)
            {
                if (pad > 0)
                    _contextStart = _at;
                _placed.Add(plug with { Start = _at + pad });
                _at = end;
                return;
            }

            if (untilPin)
                PassPin();
            else
                LeaveTarget(to);
        }
    }
}
