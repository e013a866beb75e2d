using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// A <c>lua_shared_dict</c> zone of ngx_lua 0.10.0 and later on nginx 1.11.7 and later. Exact: answers, evictions, order
/// of use, placements. A value of 8 bytes counts as a number. Lists (<c>lpush</c> and kin) have no event and are left out.
/// </summary>
/// <remarks>
/// A store whose value has another length than the old one frees the old entry before it asks for room, and evictions
/// made in vain are not undone. Deleting an absent key answers <see cref="EventAnswer.Ok"/>, as the real call does.
/// </remarks>
public sealed class LuaSharedDictModel : IAllocatorModel
{
    /// <summary>Longest key that ngx_lua stores.</summary>
    public const int MaxKeyBytes = 65_535;

    /// <summary>Longest value whose length fits into an entry.</summary>
    public const long MaxValueBytes = uint.MaxValue;

    /// <summary>Entries a store may evict by force before it gives up.</summary>
    public const int MaxForcedEvictions = 30;

    private const int ZoneRecordBytes = 80;
    private const int LogTextBytes = 28;
    private const int NumberBytes = 8;
    private const int ExpiredPerCall = 2;

    /// <summary>Clock at the start of the trace: any time long after <see cref="LongPast"/>.</summary>
    private const long TraceStart = 1L << 40;

    /// <summary>Expiry that flush_all gives to every entry.</summary>
    private const long LongPast = 1;

    private readonly LuaDictRules _rules;
    private readonly LuaDictEntries _entries = new();
    private readonly long _recordBytes;
    private long _now = TraceStart;
    private long _liveBytes;

    /// <param name="pool">An empty pool.</param>
    /// <param name="rules">What the version of ngx_lua settles.</param>
    /// <param name="zoneNameBytes">Length of the zone's name, of which the zone keeps a copy.</param>
    /// <exception cref="ModelSettingException">The zone has no room for its own records: nginx would not start.</exception>
    public LuaSharedDictModel(SlabPool pool, LuaDictRules rules, int zoneNameBytes)
    {
        Pool = pool;
        _rules = rules;
        if (pool.Allocate(ZoneRecordBytes) < 0 || pool.Allocate(LogTextBytes + zoneNameBytes) < 0)
            throw new ModelSettingException(
                $"A zone of {pool.Geometry.ZoneBytes} bytes has no room for its own records; nginx would not start.");
        _recordBytes = pool.GrantedBytes;
    }

    public static AllocatorModelInfo Info { get; } = new(
        "lua-shared-dict",
        "lua_shared_dict of ngx_lua 0.10.0 and later on nginx 1.11.7 and later, 64-bit",
        "answers, evictions, order of use and placements exact; lists left out",
        "L is whole entries (node, key and value); A is their slots and pages; " + NginxSettings.Counting,
        TakesCacheEvents: true,
        [
            NginxSettings.Zone,
            NginxSettings.Page,
            new ModelSetting("version", "0.10.23", "version of ngx_lua, which settles entry size and expiry rules"),
            new ModelSetting("name", "cats", "name of the zone, a copy of which lives inside it"),
        ],
        settings => new LuaSharedDictModel(
            NginxSettings.Pool(settings),
            LuaDictRules.Of(settings.Text("version")),
            System.Text.Encoding.UTF8.GetByteCount(settings.Text("name"))))
    {
        Remedies = NginxSettings.Remedies,
    };

    public SlabPool Pool { get; }

    /// <summary>Entries stored, expired ones that still hold memory included.</summary>
    public int Count => _entries.Count;

    public HeapCounters Counters => new(
        _liveBytes,
        Pool.GrantedBytes - _recordBytes,
        Pool.Geometry.ZoneBytes,
        Pool.ResidentBytes,
        Pool.FreeBytes,
        (long)Pool.FreePages << Pool.Geometry.PageShift);

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Time:
                _now = TraceStart + allocationEvent.Milliseconds;
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Set:
            case AllocationEventKind.SafeSet:
            case AllocationEventKind.Add:
            case AllocationEventKind.SafeAdd:
            case AllocationEventKind.Replace:
                return Store(allocationEvent);
            case AllocationEventKind.Increment:
                return new EventOutcome(Increment(allocationEvent.Id));
            case AllocationEventKind.Get:
                RemoveExpiredOldest();
                return new EventOutcome(
                    FindLive(allocationEvent.Id, out _) ? EventAnswer.Hit : EventAnswer.NotFound);
            case AllocationEventKind.Delete:
                Delete(allocationEvent.Id);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.FlushAll:
                FlushAll();
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.FlushExpired:
                FlushExpired(allocationEvent.Bytes);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    /// <summary>The entries, the most recently used one first.</summary>
    public IEnumerable<LuaDictItem> ByUse()
    {
        for (int entry = _entries.Newest; entry != LuaDictEntries.None; entry = _entries[entry].Older)
        {
            LuaDictEntry stored = _entries[entry];
            yield return new LuaDictItem(
                stored.Key,
                stored.OffsetBytes,
                stored.ValueBytes,
                stored.ExpiresAt == 0 ? null : stored.ExpiresAt - _now);
        }
    }

    public HeapLayout Layout()
    {
        Dictionary<long, SlabContent> contents = new(_entries.Count);
        for (int entry = _entries.Newest; entry != LuaDictEntries.None; entry = _entries[entry].Older)
        {
            contents.Add(
                _entries[entry].OffsetBytes, new SlabContent(_entries[entry].BlockBytes, _entries[entry].Site));
        }

        return SlabLayout.Of(Pool, Counters, contents);
    }

    private EventOutcome Store(in AllocationEvent store)
    {
        if (store.KeyBytes is < 0 or > MaxKeyBytes)
            throw new TraceException($"a key has at most {MaxKeyBytes} bytes");
        if (store.Bytes is < 0 or > MaxValueBytes)
            throw new TraceException($"a value has 0 to {MaxValueBytes} bytes");

        RemoveExpiredOldest();
        bool isLive = FindLive(store.Id, out int old);
        if (store.Kind == AllocationEventKind.Replace && !isLive)
            return new EventOutcome(EventAnswer.NotFound);
        if (store.Kind is AllocationEventKind.Add or AllocationEventKind.SafeAdd && isLive)
            return new EventOutcome(EventAnswer.Exists);
        if (old != LuaDictEntries.None && _entries[old].ValueBytes == store.Bytes)
            return Overwrite(old, store);
        if (old != LuaDictEntries.None)
            Remove(old);
        return Insert(store);
    }

    private EventOutcome Overwrite(int entry, in AllocationEvent store)
    {
        _entries.MakeNewest(entry);
        ref LuaDictEntry stored = ref _entries[entry];
        stored.ExpiresAt = ExpiryOf(store);
        stored.Site = store.Site;
        return new EventOutcome(EventAnswer.Ok, stored.OffsetBytes);
    }

    private EventOutcome Insert(in AllocationEvent store)
    {
        long blockBytes = _rules.NodeBytes + store.KeyBytes + store.Bytes;
        long offsetBytes = Pool.Allocate(blockBytes);
        bool isForcible = false;
        int evicted = 0;
        if (offsetBytes < 0 && store.Kind is not (AllocationEventKind.SafeSet or AllocationEventKind.SafeAdd))
        {
            for (int round = 0; round < MaxForcedEvictions && offsetBytes < 0 && _entries.Count > 0; round++)
            {
                isForcible = true;
                evicted += RemoveOldest();
                offsetBytes = Pool.Allocate(blockBytes);
            }
        }

        if (offsetBytes < 0)
            return new EventOutcome(EventAnswer.NoMemory, Evicted: evicted, RefusedBytes: blockBytes);
        _liveBytes += blockBytes;
        _entries.Add(new LuaDictEntry
        {
            Key = store.Id,
            OffsetBytes = offsetBytes,
            BlockBytes = blockBytes,
            ValueBytes = store.Bytes,
            ExpiresAt = ExpiryOf(store),
            Site = store.Site,
        });
        return new EventOutcome(isForcible ? EventAnswer.Forcible : EventAnswer.Ok, offsetBytes, evicted);
    }

    private EventAnswer Increment(long key)
    {
        RemoveExpiredOldest();
        if (!FindLive(key, out int entry))
            return EventAnswer.NotFound;
        return _entries[entry].ValueBytes == NumberBytes ? EventAnswer.Ok : EventAnswer.NotANumber;
    }

    private void Delete(long key)
    {
        RemoveExpiredOldest();
        FindLive(key, out int entry);
        if (entry != LuaDictEntries.None)
            Remove(entry);
    }

    /// <summary>Marks every entry expired and frees at most three: the rest goes when later calls come across it.</summary>
    private void FlushAll()
    {
        for (int entry = _entries.Newest; entry != LuaDictEntries.None; entry = _entries[entry].Older)
            _entries[entry].ExpiresAt = LongPast;
        if (_entries.Count > 0)
            RemoveOldest();
    }

    /// <param name="max">Most entries to free; 0 for all.</param>
    private void FlushExpired(long max)
    {
        long left = max == 0 ? long.MaxValue : max;
        int entry = _entries.Oldest;
        while (entry != LuaDictEntries.None && left > 0)
        {
            int newer = _entries[entry].Newer;
            if (IsPast(entry))
            {
                Remove(entry);
                left--;
            }

            entry = newer;
        }
    }

    /// <summary>Looks a key up and makes its entry the most recently used one, as the version's rules have it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">Its entry, live or expired.</param>
    /// <returns>Whether there is a live entry.</returns>
    private bool FindLive(long key, out int entry)
    {
        entry = _entries.Find(key);
        if (entry == LuaDictEntries.None)
            return false;
        long expiresAt = _entries[entry].ExpiresAt;
        bool isExpired = expiresAt != 0
            && (expiresAt < _now || (expiresAt == _now && _rules.IsExpiredAtItsMoment));
        if (!isExpired || _rules.LookupMovesExpired)
            _entries.MakeNewest(entry);
        return !isExpired;
    }

    /// <summary>Frees the least recently used entries while they are expired, two at most.</summary>
    private void RemoveExpiredOldest()
    {
        for (int i = 0; i < ExpiredPerCall; i++)
        {
            int oldest = _entries.Oldest;
            if (oldest == LuaDictEntries.None || !IsPast(oldest))
                return;
            Remove(oldest);
        }
    }

    /// <summary>Frees the least recently used entry whatever its state, then expired ones behind it.</summary>
    /// <returns>Live entries among them: 0 or 1.</returns>
    private int RemoveOldest()
    {
        int live = IsPast(_entries.Oldest) ? 0 : 1;
        Remove(_entries.Oldest);
        RemoveExpiredOldest();
        return live;
    }

    private bool IsPast(int entry)
    {
        long expiresAt = _entries[entry].ExpiresAt;
        return expiresAt != 0 && expiresAt <= _now;
    }

    private void Remove(int entry)
    {
        Pool.Free(_entries[entry].OffsetBytes);
        _liveBytes -= _entries[entry].BlockBytes;
        _entries.Remove(entry);
    }

    private long ExpiryOf(in AllocationEvent store) =>
        store.Milliseconds <= 0 ? 0 : _now + Math.Min(store.Milliseconds, long.MaxValue - _now);
}
