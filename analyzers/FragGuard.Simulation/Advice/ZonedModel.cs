using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Several heaps or zones that share the blocks or entries of one trace: each is born into the one it is assigned to
/// and stays there. An entry stored anew may move: it is deleted where it was first. Offsets count from the base of the zone.
/// </summary>
internal sealed class ZonedModel : IAllocatorModel
{
    /// <summary>Gaps between extents are kept below this many bytes, and up to a multiple of them beyond: pages stay whole.</summary>
    private const long GapBytes = 1L << 30;

    private readonly IAllocatorModel[] _zones;
    private readonly Func<AllocationEvent, int> _zoneOfBirth;
    private readonly LiveBlocks<int> _zoneOf = new();

    /// <param name="zones">The zones, at least one.</param>
    /// <param name="zoneOfBirth">Index of the zone for a birth; asked once for each, in the order of the trace.</param>
    public ZonedModel(IAllocatorModel[] zones, Func<AllocationEvent, int> zoneOfBirth)
    {
        _zones = zones;
        _zoneOfBirth = zoneOfBirth;
    }

    public IReadOnlyList<IAllocatorModel> Zones => _zones;

    public HeapCounters Counters
    {
        get
        {
            HeapCounters sum = default;
            foreach (IAllocatorModel zone in _zones)
            {
                HeapCounters part = zone.Counters;
                sum = new HeapCounters(
                    sum.LiveRequestedBytes + part.LiveRequestedBytes, sum.GrantedBytes + part.GrantedBytes,
                    sum.CommittedBytes + part.CommittedBytes, sum.ResidentBytes + part.ResidentBytes,
                    sum.FreeBytes + part.FreeBytes, sum.FreePageBytes + part.FreePageBytes);
            }

            return sum;
        }
    }

    /// <summary>Whether the event brings bytes that a zone must be chosen for.</summary>
    public static bool IsBirth(in AllocationEvent next) => next.Kind switch
    {
        AllocationEventKind.Allocate or AllocationEventKind.PushLeft or AllocationEventKind.PushRight => true,
        AllocationEventKind.Increment => next.Bytes > 0,
        _ => IsStore(next.Kind),
    };

    /// <summary>Only a plain store replaces whatever is there; every other birth asks the entry first, where it is.</summary>
    public static bool Replaces(AllocationEventKind kind) => kind is AllocationEventKind.Set or AllocationEventKind.SafeSet;

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        if (IsBirth(allocationEvent))
            return Born(allocationEvent);
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Trim:
            case AllocationEventKind.Collect:
            case AllocationEventKind.Thread:
            case AllocationEventKind.Time:
            case AllocationEventKind.FlushAll:
            case AllocationEventKind.FlushExpired:
                return InEveryZone(allocationEvent);
            default:
                bool isKnown = _zoneOf.TryGet(allocationEvent.Id, out int zone);
                EventOutcome outcome = _zones[zone].Apply(allocationEvent);
                if (isKnown && allocationEvent.Kind is AllocationEventKind.Free or AllocationEventKind.Delete)
                    _zoneOf.Remove(allocationEvent.Id, out _);
                return outcome;
        }
    }

    /// <summary>The zones one behind the other, the wide gaps within each shortened: heaps may lie anywhere in 2^63 bytes.</summary>
    public HeapLayout Layout()
    {
        List<LayoutExtent> extents = new();
        long osPageBytes = 0;
        long end = 0;
        foreach (IAllocatorModel zone in _zones)
        {
            HeapLayout layout = zone.Layout();
            osPageBytes = Math.Max(osPageBytes, layout.OsPageBytes);
            end = (end + GapBytes - 1) / GapBytes * GapBytes;
            long zoneEnd = 0;
            foreach (LayoutExtent extent in layout.Extents)
            {
                long gap = extent.Extent.Start - zoneEnd;
                long start = end + (gap < GapBytes ? gap : GapBytes + (gap % GapBytes));
                extents.Add(extent with { Extent = new Extent(start, extent.Extent.Bytes) });
                zoneEnd = extent.Extent.End;
                end = start + extent.Extent.Bytes;
            }
        }

        return new HeapLayout(Counters, extents, osPageBytes: osPageBytes);
    }

    private static bool IsStore(AllocationEventKind kind) =>
        kind is >= AllocationEventKind.Set and <= AllocationEventKind.Replace;

    private EventOutcome Born(in AllocationEvent birth)
    {
        int zone = _zoneOfBirth(birth);
        bool isKnown = _zoneOf.TryGet(birth.Id, out int old);
        if (isKnown && old != zone)
        {
            if (Replaces(birth.Kind))
                _zones[old].Apply(birth with { Kind = AllocationEventKind.Delete, Bytes = 0, Milliseconds = 0 });
            else
                zone = old;
        }

        // A refused entry that was not there before is not there now; one that was, such as a list, may still be.
        EventOutcome outcome = _zones[zone].Apply(birth);
        if (isKnown || birth.Kind == AllocationEventKind.Allocate || outcome.Answer != EventAnswer.NoMemory)
            _zoneOf.Set(birth.Id, zone);
        return outcome;
    }

    private EventOutcome InEveryZone(in AllocationEvent next)
    {
        EventOutcome answer = _zones[0].Apply(next);
        for (int i = 1; i < _zones.Length; i++)
            answer = answer with { Evicted = answer.Evicted + _zones[i].Apply(next).Evicted };
        return answer;
    }
}
