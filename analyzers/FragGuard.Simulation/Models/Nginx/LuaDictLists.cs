using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>The calls on lists: <c>lpush</c>, <c>rpush</c>, <c>lpop</c>, <c>rpop</c> and <c>llen</c>.</summary>
internal sealed class LuaDictLists
{
    private readonly LuaDictZone _zone;
    private readonly LuaDictRules _rules;

    public LuaDictLists(LuaDictZone zone, LuaDictRules rules)
    {
        _zone = zone;
        _rules = rules;
    }

    /// <summary>Never evicts by force. An expired list is emptied and used again; any other expired entry is freed.</summary>
    public EventOutcome Push(in AllocationEvent push)
    {
        LuaDictRules.CheckSizes(push);
        _zone.RemoveExpiredOldest();
        bool isLive = _zone.FindLive(push.Id, out int entry);
        if (entry != LuaDictZone.None && !_zone[entry].IsList)
        {
            if (isLive)
                return new EventOutcome(EventAnswer.NotAList);
            _zone.Remove(entry);
            entry = LuaDictZone.None;
        }
        else if (entry != LuaDictZone.None && !isLive)
        {
            _zone[entry].ExpiresAt = 0;
            _zone.RemoveElements(entry);
            _zone.MakeNewest(entry);
        }

        if (entry == LuaDictZone.None && !TryAddList(push, out entry))
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: _rules.ListHeaderBytes(push.KeyBytes));

        long offsetBytes = _zone.Pool.Allocate(LuaDictRules.ElementBytes + push.Bytes);
        if (offsetBytes < 0)
        {
            if (_zone[entry].Elements.Count == 0)
                _zone.Remove(entry);
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: LuaDictRules.ElementBytes + push.Bytes);
        }

        _zone.AddElement(
            entry,
            new LuaDictElement(offsetBytes, (uint)push.Bytes, push.Site),
            atHead: push.Kind == AllocationEventKind.PushLeft);
        return new EventOutcome(EventAnswer.Ok, offsetBytes);
    }

    /// <summary>The list goes with its last element.</summary>
    public EventAnswer Pop(in AllocationEvent pop)
    {
        EventAnswer found = Find(pop.Id, out int entry);
        if (found != EventAnswer.Hit)
            return found;
        _zone.RemoveElement(entry, atHead: pop.Kind == AllocationEventKind.PopLeft);
        if (_zone[entry].Elements.Count == 0)
            _zone.Remove(entry);
        return EventAnswer.Ok;
    }

    /// <returns>Hit when the key has a live list.</returns>
    public EventAnswer Find(long key, out int entry)
    {
        _zone.RemoveExpiredOldest();
        if (!_zone.FindLive(key, out entry))
            return EventAnswer.NotFound;
        return _zone[entry].IsList ? EventAnswer.Hit : EventAnswer.NotAList;
    }

    private bool TryAddList(in AllocationEvent push, out int entry)
    {
        long headerBytes = _rules.ListHeaderBytes(push.KeyBytes);
        long offsetBytes = _zone.Pool.Allocate(headerBytes);
        entry = offsetBytes < 0
            ? LuaDictZone.None
            : _zone.Add(push.Id, new LuaDictEntry
            {
                OffsetBytes = offsetBytes,
                BlockBytes = headerBytes,
                IsList = true,
                Site = push.Site,
            });
        return offsetBytes >= 0;
    }
}
