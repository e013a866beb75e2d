using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// The entries of a dictionary, by key and in order of use. Entry 0 is the head of the circle: its older neighbour is the
/// most recently used entry, its newer neighbour the least recently used one.
/// </summary>
internal sealed class LuaDictEntries
{
    /// <summary>The head of the circle, which is no entry; also the answer when there is none.</summary>
    public const int None = 0;

    private readonly Dictionary<long, int> _byKey = new();
    private LuaDictEntry[] _entries = new LuaDictEntry[64];
    private int _lastUsed;
    private int _firstUnused;

    public int Count => _byKey.Count;

    public int Newest => _entries[None].Older;

    public int Oldest => _entries[None].Newer;

    public ref LuaDictEntry this[int entry] => ref _entries[entry];

    public int Find(long key) => _byKey.TryGetValue(key, out int entry) ? entry : None;

    /// <summary>Adds the entry as the most recently used one.</summary>
    public void Add(in LuaDictEntry added)
    {
        int entry = Unused();
        _entries[entry] = added;
        _byKey.Add(added.Key, entry);
        LinkNewest(entry);
    }

    public void Remove(int entry)
    {
        _byKey.Remove(_entries[entry].Key);
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
        _entries[_entries[entry].Newer].Older = _entries[entry].Older;
        _entries[_entries[entry].Older].Newer = _entries[entry].Newer;
    }
}
