using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// The entries of a shared dictionary in their zone: the order of use, the clock, and what expiry and eviction remove.
/// Commands are built from these steps in <see cref="LuaSharedDictModel"/>.
/// </summary>
internal sealed class LuaDictZone
{
    /// <summary>No entry.</summary>
    public const int None = KeyedEntries<LuaDictEntry>.None;

    private const int ExpiredPerCall = 2;

    /// <summary>Clock at the start of the trace: any time long after <see cref="LongPast"/>.</summary>
    private const long TraceStart = 1L << 40;

    /// <summary>Expiry that flush_all gives to every entry.</summary>
    private const long LongPast = 1;

    private readonly LuaDictRules _rules;
    private readonly KeyedEntries<LuaDictEntry> _entries = new();
    private readonly ElementLists<LuaDictElement> _elements = new();
    private long _now = TraceStart;

    public LuaDictZone(SlabPool pool, LuaDictRules rules)
    {
        Pool = pool;
        _rules = rules;
    }

    /// <summary>Goes on at a moment of the real clock, at which entries read from a running zone expire.</summary>
    /// <param name="milliseconds">Milliseconds since 1970.</param>
    public void SetRealClock(long milliseconds) => _now = milliseconds;

    public SlabPool Pool { get; }

    /// <summary>Requested bytes of all entries and elements.</summary>
    public long LiveBytes { get; private set; }

    /// <summary>Entries stored, expired ones that still hold memory included.</summary>
    public int Count => _entries.Count;

    public int Newest => _entries.Newest;

    public ref LuaDictEntry this[int entry] => ref _entries[entry];

    public int OlderThan(int entry) => _entries.OlderThan(entry);

    public long KeyOf(int entry) => _entries.KeyOf(entry);

    public int Find(long key) => _entries.Find(key);

    public IEnumerable<LuaDictElement> ElementsOf(int entry) => _entries[entry].IsList
        ? _elements.Of(_entries[entry].Elements)
        : Array.Empty<LuaDictElement>();

    /// <summary>Milliseconds until the entry expires, negative once expired; null when it never does.</summary>
    public long? TimeToLiveOf(int entry) =>
        _entries[entry].ExpiresAt == 0 ? null : _entries[entry].ExpiresAt - _now;

    /// <param name="milliseconds">The clock since the start of the trace, 0 or more; it never reaches the last moment.</param>
    public void SetClock(long milliseconds) =>
        _now = TraceStart + Math.Min(milliseconds, long.MaxValue - 1 - TraceStart);

    /// <returns>Clock at which an entry with that time to live expires; 0 for never.</returns>
    public long ExpiryAfter(long milliseconds) =>
        milliseconds <= 0 ? 0 : _now + Math.Min(milliseconds, long.MaxValue - _now);

    /// <summary>Looks a key up and makes its entry the most recently used one, as the version's rules have it.</summary>
    /// <param name="key">The key.</param>
    /// <param name="entry">Its entry, live or expired; <see cref="None"/> when there is none.</param>
    /// <returns>Whether there is a live entry.</returns>
    public bool FindLive(long key, out int entry)
    {
        entry = _entries.Find(key);
        if (entry == None)
            return false;
        long expiresAt = _entries[entry].ExpiresAt;
        bool isExpired = expiresAt != 0
            && (expiresAt < _now || (expiresAt == _now && _rules.IsExpiredAtItsMoment));
        if (!isExpired || _rules.LookupMovesExpired)
            _entries.MakeNewest(entry);
        return !isExpired;
    }

    public void MakeNewest(int entry) => _entries.MakeNewest(entry);

    /// <summary>Adds an entry, placed already, as the most recently used one.</summary>
    public int Add(long key, in LuaDictEntry placed)
    {
        LiveBytes += placed.BlockBytes;
        return _entries.Add(key, placed);
    }

    /// <summary>Frees the elements from head to tail, then the entry's own block.</summary>
    public void Remove(int entry)
    {
        if (_entries[entry].IsList)
            RemoveElements(entry);
        Pool.Free(_entries[entry].OffsetBytes);
        LiveBytes -= _entries[entry].BlockBytes;
        _entries.Remove(entry);
    }

    public void AddElement(int entry, in LuaDictElement element, bool atHead)
    {
        LiveBytes += LuaDictRules.ElementBytes + element.ValueBytes;
        if (atHead)
            _elements.AddHead(ref _entries[entry].Elements, element);
        else
            _elements.AddTail(ref _entries[entry].Elements, element);
    }

    public void RemoveElement(int entry, bool atHead)
    {
        ref ElementList list = ref _entries[entry].Elements;
        LuaDictElement removed = atHead ? _elements.RemoveHead(ref list) : _elements.RemoveTail(ref list);
        Pool.Free(removed.OffsetBytes);
        LiveBytes -= LuaDictRules.ElementBytes + removed.ValueBytes;
    }

    public void RemoveElements(int entry)
    {
        while (_entries[entry].Elements.Count > 0)
            RemoveElement(entry, atHead: true);
    }

    /// <summary>Frees the least recently used entries while they are expired, two at most.</summary>
    public void RemoveExpiredOldest()
    {
        for (int i = 0; i < ExpiredPerCall; i++)
        {
            int oldest = _entries.Oldest;
            if (oldest == None || !IsPast(oldest))
                return;
            Remove(oldest);
        }
    }

    /// <summary>Frees the least recently used entry whatever its state, then expired ones behind it.</summary>
    /// <returns>Live entries among them: 0 or 1.</returns>
    public int RemoveOldest()
    {
        int live = IsPast(_entries.Oldest) ? 0 : 1;
        Remove(_entries.Oldest);
        RemoveExpiredOldest();
        return live;
    }

    /// <summary>Expires every entry and frees the first of them.</summary>
    public void ExpireAll()
    {
        for (int entry = _entries.Newest; entry != None; entry = _entries.OlderThan(entry))
            _entries[entry].ExpiresAt = LongPast;
        if (Count > 0)
            RemoveOldest();
    }

    /// <param name="max">Most entries to free; 0 for all.</param>
    public void RemoveExpired(long max)
    {
        long left = max == 0 ? long.MaxValue : max;
        int entry = _entries.Oldest;
        while (entry != None && left > 0)
        {
            int newer = _entries.NewerThan(entry);
            if (IsPast(entry))
            {
                Remove(entry);
                left--;
            }

            entry = newer;
        }
    }

    private bool IsPast(int entry)
    {
        long expiresAt = _entries[entry].ExpiresAt;
        return expiresAt != 0 && expiresAt <= _now;
    }
}
