namespace FragGuard.Simulation.Models;

/// <summary>
/// The entries of a cache, by key and in one order, the newest first. An entry is named by its place, which stays the same
/// while it lives; the place that belongs to no entry is the head of the circle that keeps the order.
/// </summary>
/// <typeparam name="T">What is known of one entry.</typeparam>
internal sealed class KeyedEntries<T>
    where T : struct
{
    /// <summary>No entry.</summary>
    public const int None = 0;

    private readonly KeyedPlaces<Entry> _entries = new();

    public int Count => _entries.Count;

    public int Newest => _entries[None].Older;

    public int Oldest => _entries[None].Newer;

    /// <summary>What is known of an entry, to be changed in place until the next one is added.</summary>
    public ref T this[int entry] => ref _entries[entry].Value;

    public long KeyOf(int entry) => _entries.KeyAt(entry);

    /// <summary>The next newer entry; <see cref="None"/> for the newest.</summary>
    public int NewerThan(int entry) => _entries[entry].Newer;

    /// <summary>The next older entry; <see cref="None"/> for the oldest.</summary>
    public int OlderThan(int entry) => _entries[entry].Older;

    public int Find(long key) => _entries.Find(key);

    /// <summary>Adds an entry, whose key is not there yet, as the newest.</summary>
    public int Add(long key, in T value)
    {
        int added = _entries.Add(key, new Entry { Value = value });
        LinkNewest(added);
        return added;
    }

    public void Remove(int entry)
    {
        Unlink(entry);
        _entries.Remove(_entries.KeyAt(entry));
    }

    public void MakeNewest(int entry)
    {
        if (entry == Newest)
            return;
        Unlink(entry);
        LinkNewest(entry);
    }

    private void LinkNewest(int entry)
    {
        int second = _entries[None].Older;
        ref Entry linked = ref _entries[entry];
        linked.Older = second;
        linked.Newer = None;
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
        /// <summary>The next newer entry.</summary>
        public int Newer;

        /// <summary>The next older entry.</summary>
        public int Older;

        public T Value;
    }
}
