using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Advice;

/// <summary>Several zones that share the keys of one cache: each entry lives in the zone of its size.</summary>
internal sealed class SplitZone : IAllocatorModel
{
    private readonly IAllocatorModel[] _zones;
    private readonly IReadOnlyList<long> _zoneBytes;
    private readonly ZoneGroups _groups;
    private readonly Dictionary<long, int> _zoneOf = new();

    /// <param name="bytes">Bytes of all zones together.</param>
    /// <param name="zone">Makes an empty zone of so many bytes.</param>
    public SplitZone(ZoneGroups groups, long bytes, Func<long, IAllocatorModel> zone)
    {
        _groups = groups;
        _zoneBytes = groups.Split(bytes);
        _zones = [.. _zoneBytes.Select(zone)];
    }

    public HeapCounters Counters
    {
        get
        {
            HeapCounters[] parts = [.. _zones.Select(zone => zone.Counters)];
            return new HeapCounters(
                parts.Sum(part => part.LiveRequestedBytes), parts.Sum(part => part.GrantedBytes),
                parts.Sum(part => part.CommittedBytes), parts.Sum(part => part.ResidentBytes),
                parts.Sum(part => part.FreeBytes), parts.Sum(part => part.FreePageBytes));
        }
    }

    /// <summary>Stores into the zone of the value's size, after the key left the zone it was in.</summary>
    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        int zone = _groups.Of(allocationEvent.Bytes);
        if (_zoneOf.TryGetValue(allocationEvent.Id, out int old) && old != zone)
            _zones[old].Apply(allocationEvent with { Kind = AllocationEventKind.Delete, Bytes = 0 });
        EventOutcome outcome = _zones[zone].Apply(allocationEvent);
        if (outcome.Answer == EventAnswer.NoMemory)
            _zoneOf.Remove(allocationEvent.Id);
        else
            _zoneOf[allocationEvent.Id] = zone;
        return outcome;
    }

    public HeapLayout Layout()
    {
        List<LayoutExtent> extents = new();
        long start = 0;
        for (int i = 0; i < _zones.Length; i++)
        {
            extents.AddRange(_zones[i].Layout().Extents.Select(extent => extent with
            {
                Extent = new Extent(extent.Extent.Start + start, extent.Extent.Bytes),
            }));
            start += _zoneBytes[i];
        }

        return new HeapLayout(Counters, extents);
    }
}
