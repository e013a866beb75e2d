using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Several heaps or zones that share the blocks or entries of one trace: each is born into the one it is assigned to
/// and stays there. An entry stored anew may move: it is deleted where it was first.
/// </summary>
internal sealed class ZonedModel : IAllocatorModel
{
    /// <summary>Each zone has this many bytes of the common address space.</summary>
    private const int AddressBits = 52;

    private readonly IAllocatorModel[] _zones;
    private readonly Func<AllocationEvent, int> _zoneOfBirth;
    private readonly LiveBlocks<int> _zoneOf = new();

    /// <param name="zones">The zones, at most 1 024.</param>
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
                EventOutcome outcome = At(zone, allocationEvent);
                if (isKnown && allocationEvent.Kind is AllocationEventKind.Free or AllocationEventKind.Delete)
                    _zoneOf.Remove(allocationEvent.Id, out _);
                return outcome;
        }
    }

    public HeapLayout Layout()
    {
        List<LayoutExtent> extents = new();
        for (int i = 0; i < _zones.Length; i++)
        {
            foreach (LayoutExtent extent in _zones[i].Layout().Extents)
            {
                extents.Add(extent with
                {
                    Extent = new Extent(extent.Extent.Start + ((long)i << AddressBits), extent.Extent.Bytes),
                });
            }
        }

        return new HeapLayout(Counters, extents);
    }

    private static bool IsStore(AllocationEventKind kind) =>
        kind is >= AllocationEventKind.Set and <= AllocationEventKind.Replace;

    private EventOutcome Born(in AllocationEvent birth)
    {
        int zone = _zoneOfBirth(birth);
        if (_zoneOf.TryGet(birth.Id, out int old) && old != zone)
        {
            // Only a plain store replaces whatever is there; every other birth asks the entry first.
            if (birth.Kind is AllocationEventKind.Set or AllocationEventKind.SafeSet)
                _zones[old].Apply(birth with { Kind = AllocationEventKind.Delete, Bytes = 0, Milliseconds = 0 });
            else
                zone = old;
        }

        EventOutcome outcome = At(zone, birth);
        if (birth.Kind != AllocationEventKind.Allocate && outcome.Answer == EventAnswer.NoMemory)
            _zoneOf.Remove(birth.Id, out _);
        else
            _zoneOf.Set(birth.Id, zone);
        return outcome;
    }

    private EventOutcome At(int zone, in AllocationEvent next)
    {
        EventOutcome outcome = _zones[zone].Apply(next);
        return outcome.OffsetBytes < 0
            ? outcome
            : outcome with { OffsetBytes = outcome.OffsetBytes + ((long)zone << AddressBits) };
    }

    private EventOutcome InEveryZone(in AllocationEvent next)
    {
        EventOutcome answer = At(0, next);
        for (int i = 1; i < _zones.Length; i++)
            answer = answer with { Evicted = answer.Evicted + At(i, next).Evicted };
        return answer;
    }
}
