using System;

namespace FragGuard.Simulation.Models;

/// <summary>
/// The entries of a cache, by key and in one order, the newest first. Entry 0 is the head of the circle that keeps the
/// order and no entry of the cache. It allocates nothing while there are fewer entries than there ever were.
/// </summary>
/// <typeparam name="T">What is known of one entry.</typeparam>
internal sealed class KeyedEntries<T>
    where T : struct
{
    /// <summary>The head of the circle; also the answer when there is no entry.</summary>
    public const int None = 0;

    private const int SmallestCapacity = 16;

    private readonly LiveBlocks<int> _byKey = new();
    private Entry[] _entries = new Entry[SmallestCapacity];
    private int _lastUsed;
    private int _firstUnused;

    public int Count => _byKey.Count;

    public int Newest => _entries[None].Older;

    public int Oldest => _entries[None].Newer;

    /// <summary>What is known of an entry, to be changed in place until the next one is added.</summary>
    public ref T this[int entry] => ref _entries[entry].Value;

    public long KeyOf(int entry) => _entries[entry].Key;

    /// <summary>The next newer entry; <see cref="None"/> for the newest.</summary>
    public int NewerThan(int entry) => _entries[entry].Newer;

    /// <summary>The next older entry; <see cref="None"/> for the oldest.</summary>
    public int OlderThan(int entry) => _entries[entry].Older;

    public int Find(long key) => _byKey.TryGet(key, out int entry) ? entry : None;

    /// <summary>Adds an entry, whose key is not there yet, as the newest.</summary>
    public int Add(long key, in T value)
    {
        int added = Unused();
        ref Entry entry = ref _entries[added];
        entry.Key = key;
        entry.Value = value;
        _byKey.TryAdd(key, added);
        LinkNewest(added);
        return added;
    }

    public void Remove(int entry)
    {
        _byKey.Remove(_entries[entry].Key, out _);
        Unlink(entry);
        _entries[entry].Older = _firstUnused;
        _firstUnused = entry;
    }

    public void MakeNewest(int entry)
    {
        if (entry == Newest)
            return;
        Unlink(entry);
        LinkNewest(entry);
    }

    private int Unused()
    {
        if (_firstUnused != None)
        {
            int reused = _firstUnused;
            _firstUnused = _entries[reused].Older;
            return reused;
        }

        if (++_lastUsed == _entries.Length)
            Array.Resize(ref _entries, _entries.Length * 2);
        return _lastUsed;
    }

    private void LinkNewest(int entry)
    {
        int second = _entries[None].Older;
        _entries[entry].Older = second;
        _entries[entry].Newer = None;
        _entries[second].Newer = entry;
        _entries[None].Older = entry;
    }

    private void Unlink(int entry)
    {
        ref Entry unlinked = ref _entries[entry];
        _entries[unlinked.Newer].Older = unlinked.Older;
        _entries[unlinked.Older].Newer = unlinked.Newer;
    }

    private struct Entry
    {
        public long Key;

        /// <summary>The next newer entry.</summary>
        public int Newer;

        /// <summary>The next older entry; of an unused one, the next unused one.</summary>
        public int Older;

        public T Value;
    }
}
