using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// A <c>lua_shared_dict</c> zone of ngx_lua 0.10.0 to 0.10.31 on nginx 1.7.2 and later, 64-bit; read in
/// <c>ngx_http_lua_shdict.c</c> and <c>ngx_slab.c</c>. Exact: answers, evictions, order of use, placements, lists
/// included. A value of 8 bytes counts as a number. Not modelled: before 0.10.21 a list that was pushed to after it had
/// expired kept its old length, and later pops could corrupt the zone.
/// </summary>
/// <remarks>
/// A store whose value has another length than the old one frees the old entry before it asks for room, and evictions
/// made in vain are not undone. Deleting an absent key answers <see cref="EventAnswer.Ok"/>, as the real call does.
/// <see cref="AllocationEventKind.Touch"/> is the call <c>expire</c>; an increment with bytes is <c>incr</c> with
/// <c>init</c>, and its time to live is <c>init_ttl</c>. Calls that the version does not have are ignored.
/// </remarks>
public sealed class LuaSharedDictModel : IAllocatorModel
{
    /// <summary>Entries a store may evict by force before it gives up.</summary>
    public const int MaxForcedEvictions = 30;

    private const int ZoneRecordBytes = 80;
    private const int LogTextBytes = 28;
    private const int NumberBytes = 8;

    private readonly LuaDictRules _rules;
    private readonly LuaDictZone _zone;
    private readonly LuaDictLists _lists;
    private long _recordBytes;

    /// <param name="pool">An empty pool.</param>
    /// <param name="rules">What the version of ngx_lua settles.</param>
    /// <param name="zoneNameBytes">Length of the zone's name, of which the zone keeps a copy.</param>
    /// <exception cref="ModelSettingException">The zone has no room for its own records: nginx would not start.</exception>
    public LuaSharedDictModel(SlabPool pool, LuaDictRules rules, int zoneNameBytes)
    {
        _rules = rules;
        _zone = new LuaDictZone(pool, rules);
        _lists = new LuaDictLists(_zone, rules);
        if (pool.Allocate(ZoneRecordBytes) < 0 || pool.Allocate(LogTextBytes + zoneNameBytes) < 0)
            throw new ModelSettingException(
                $"A zone of {pool.Geometry.ZoneBytes} bytes has no room for its own records; nginx would not start.");
        _recordBytes = pool.GrantedBytes;
    }

    private LuaSharedDictModel(SlabPool pool, LuaDictRules rules)
    {
        _rules = rules;
        _zone = new LuaDictZone(pool, rules);
        _lists = new LuaDictLists(_zone, rules);
    }

    /// <summary>A dictionary that goes on from a recorded state. Entries have the ids 0, 1, … in the order given.</summary>
    /// <param name="pool">The zone's recorded pages; every entry and element is a block in use there.</param>
    /// <param name="entries">The least recently used entry first.</param>
    /// <param name="now">Milliseconds since 1970 when it was recorded.</param>
    public static LuaSharedDictModel Restore(
        SlabPool pool, LuaDictRules rules, IEnumerable<RecordedLuaDictEntry> entries, long now)
    {
        LuaSharedDictModel model = new(pool, rules);
        model._zone.SetRealClock(now);
        long id = 0;
        long granted = 0;
        foreach (RecordedLuaDictEntry entry in entries)
        {
            bool isList = entry.Elements is not null;
            int placed = model._zone.Add(id++, new LuaDictEntry
            {
                OffsetBytes = entry.OffsetBytes,
                BlockBytes = isList ? rules.ListHeaderBytes(entry.KeyBytes) : rules.NodeBytes + entry.KeyBytes + (long)entry.ValueBytes,
                ExpiresAt = entry.ExpiresAt,
                ValueBytes = isList ? 0 : entry.ValueBytes,
                IsList = isList,
                Site = -1,
            });
            granted += pool.GrantedBytesAt(entry.OffsetBytes);
            foreach (LuaDictElement element in entry.Elements ?? [])
            {
                model._zone.AddElement(placed, element, atHead: false);
                granted += pool.GrantedBytesAt(element.OffsetBytes);
            }
        }

        model._recordBytes = pool.GrantedBytes - granted;
        return model;
    }

    public static AllocatorModelInfo Info { get; } = new(
        "lua-shared-dict",
        "lua_shared_dict of ngx_lua 0.10.0 to 0.10.31 on nginx 1.7.2 and later, 64-bit",
        "answers, evictions, order of use and placements exact, lists included",
        "L is whole entries and list elements (records, key and value); A is their slots and pages; "
        + NginxSettings.Counting,
        TakesCacheEvents: true,
        [
            NginxSettings.Zone,
            NginxSettings.Page,
            NginxSettings.Version,
            new ModelSetting("version", "0.10.23", "version of ngx_lua, which settles entry size, expiry rules and calls"),
            new ModelSetting("name", "cats", "name of the zone, a copy of which lives inside it"),
        ],
        settings => new LuaSharedDictModel(
            NginxSettings.Pool(settings),
            LuaDictRules.Of(settings.Text("version")),
            System.Text.Encoding.UTF8.GetByteCount(settings.Text("name"))))
    {
        Remedies = NginxSettings.Remedies with { Rivals = ["memcached"] },
    };

    public SlabPool Pool => _zone.Pool;

    /// <summary>Entries stored, expired ones that still hold memory included.</summary>
    public int Count => _zone.Count;

    public HeapCounters Counters => new(
        _zone.LiveBytes,
        Pool.GrantedBytes - _recordBytes,
        Pool.Geometry.ZoneBytes,
        Pool.ResidentBytes,
        Pool.FreeBytes,
        Pool.FreePageBytes);

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Set:
            case AllocationEventKind.SafeSet:
            case AllocationEventKind.Add:
            case AllocationEventKind.SafeAdd:
            case AllocationEventKind.Replace:
                return Store(allocationEvent);
            case AllocationEventKind.Get:
                return new EventOutcome(Get(allocationEvent.Id));
            case AllocationEventKind.Delete:
                Delete(allocationEvent.Id);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Increment:
                return Increment(allocationEvent);
            case AllocationEventKind.Touch when _rules.CanTouch:
                return new EventOutcome(Touch(allocationEvent));
            case AllocationEventKind.PushLeft when _rules.HasLists:
            case AllocationEventKind.PushRight when _rules.HasLists:
                return _lists.Push(allocationEvent);
            case AllocationEventKind.PopLeft when _rules.HasLists:
            case AllocationEventKind.PopRight when _rules.HasLists:
                return new EventOutcome(_lists.Pop(allocationEvent));
            case AllocationEventKind.ListLength when _rules.HasLists:
                return new EventOutcome(_lists.Find(allocationEvent.Id, out _));
            case AllocationEventKind.FlushAll:
                _zone.ExpireAll();
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.FlushExpired:
                _zone.RemoveExpired(allocationEvent.Bytes);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Time:
                if (allocationEvent.Milliseconds < 0)
                    throw new TraceException("the clock starts at 0");
                _zone.SetClock(allocationEvent.Milliseconds);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    /// <summary>Evicts as a store without room does: the least recently used entry, then up to two expired ones behind it.</summary>
    /// <returns>Whether there was an entry.</returns>
    public bool EvictOldest()
    {
        if (_zone.Count == 0)
            return false;
        _zone.RemoveOldest();
        return true;
    }

    /// <summary>The entries, the most recently used one first.</summary>
    public IEnumerable<LuaDictItem> ByUse()
    {
        for (int entry = _zone.Newest; entry != LuaDictZone.None; entry = _zone.OlderThan(entry))
        {
            yield return new LuaDictItem(
                _zone.KeyOf(entry),
                _zone[entry].OffsetBytes,
                _zone[entry].ValueBytes,
                _zone.TimeToLiveOf(entry),
                _zone[entry].IsList ? _zone.ElementsOf(entry).ToArray() : null);
        }
    }

    /// <summary>Elements of a key's list, expired or not; 0 when the key has none.</summary>
    public int LengthOf(long key)
    {
        int entry = _zone.Find(key);
        return entry == LuaDictZone.None ? 0 : _zone[entry].Elements.Count;
    }

    public HeapLayout Layout()
    {
        Dictionary<long, SlabContent> contents = new(_zone.Count);
        for (int entry = _zone.Newest; entry != LuaDictZone.None; entry = _zone.OlderThan(entry))
        {
            contents.Add(_zone[entry].OffsetBytes, new SlabContent(_zone[entry].BlockBytes, _zone[entry].Site));
            foreach (LuaDictElement element in _zone.ElementsOf(entry))
            {
                contents.Add(
                    element.OffsetBytes,
                    new SlabContent(LuaDictRules.ElementBytes + element.ValueBytes, element.Site));
            }
        }

        return SlabLayout.Of(Pool, Counters, contents);
    }

    private EventAnswer Get(long key)
    {
        _zone.RemoveExpiredOldest();
        if (!_zone.FindLive(key, out int entry))
            return EventAnswer.NotFound;
        return _zone[entry].IsList ? EventAnswer.IsAList : EventAnswer.Hit;
    }

    private void Delete(long key)
    {
        _zone.RemoveExpiredOldest();
        _zone.FindLive(key, out int entry);
        if (entry != LuaDictZone.None)
            _zone.Remove(entry);
    }

    private EventOutcome Store(in AllocationEvent store)
    {
        LuaDictRules.CheckSizes(store);
        _zone.RemoveExpiredOldest();
        bool isLive = _zone.FindLive(store.Id, out int old);
        if (store.Kind == AllocationEventKind.Replace && !isLive)
            return new EventOutcome(EventAnswer.NotFound);
        if (store.Kind is AllocationEventKind.Add or AllocationEventKind.SafeAdd && isLive)
            return new EventOutcome(EventAnswer.Exists);
        return Put(
            store, old, (uint)store.Bytes, _zone.ExpiryAfter(store.Milliseconds),
            isSafe: store.Kind is AllocationEventKind.SafeSet or AllocationEventKind.SafeAdd);
    }

    private EventOutcome Increment(in AllocationEvent increment)
    {
        LuaDictRules.CheckSizes(increment);
        _zone.RemoveExpiredOldest();
        if (_zone.FindLive(increment.Id, out int entry))
        {
            bool isNumber = !_zone[entry].IsList && _zone[entry].ValueBytes == NumberBytes;
            return new EventOutcome(isNumber ? EventAnswer.Ok : EventAnswer.NotANumber);
        }

        if (increment.Bytes == 0 || !_rules.CanInitializeNumbers)
            return new EventOutcome(EventAnswer.NotFound);
        long expiresAt = _rules.InitialNumbersExpire ? _zone.ExpiryAfter(increment.Milliseconds) : 0;
        return Put(increment, entry, NumberBytes, expiresAt, isSafe: false);
    }

    /// <summary>Writes a value over one of its length, or frees the old entry and makes a new one.</summary>
    private EventOutcome Put(in AllocationEvent store, int old, uint valueBytes, long expiresAt, bool isSafe)
    {
        if (old != LuaDictZone.None)
        {
            ref LuaDictEntry stored = ref _zone[old];
            if (!stored.IsList && stored.ValueBytes == valueBytes)
            {
                stored.ExpiresAt = expiresAt;
                stored.Site = store.Site;
                _zone.MakeNewest(old);
                return new EventOutcome(EventAnswer.Ok, stored.OffsetBytes);
            }

            _zone.Remove(old);
        }

        long blockBytes = _rules.NodeBytes + store.KeyBytes + (long)valueBytes;
        long offsetBytes = Pool.Allocate(blockBytes);
        bool isForcible = false;
        int evicted = 0;
        if (offsetBytes < 0 && !isSafe)
        {
            for (int round = 0; round < MaxForcedEvictions && offsetBytes < 0 && _zone.Count > 0; round++)
            {
                isForcible = true;
                evicted += _zone.RemoveOldest();
                offsetBytes = Pool.Allocate(blockBytes);
            }
        }

        if (offsetBytes < 0)
            return new EventOutcome(EventAnswer.NoMemory, Evicted: evicted, RefusedBytes: blockBytes);
        _zone.Add(store.Id, new LuaDictEntry
        {
            OffsetBytes = offsetBytes,
            BlockBytes = blockBytes,
            ValueBytes = valueBytes,
            ExpiresAt = expiresAt,
            Site = store.Site,
        });
        return new EventOutcome(isForcible ? EventAnswer.Forcible : EventAnswer.Ok, offsetBytes, evicted);
    }

    /// <summary>Neither order of use nor expired entries are touched, and an expired entry is given a new life.</summary>
    private EventAnswer Touch(in AllocationEvent touch)
    {
        int entry = _zone.Find(touch.Id);
        if (entry == LuaDictZone.None)
            return EventAnswer.NotFound;
        _zone[entry].ExpiresAt = _zone.ExpiryAfter(touch.Milliseconds);
        return EventAnswer.Ok;
    }
}
