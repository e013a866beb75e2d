using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>
/// MemoryCache: instance → CoherentState → one or two concurrent dictionaries of CacheEntry, by kind of key. An entry
/// refers to its cache, its key, its value, and lists of tokens and callbacks where it has them (Microsoft.Extensions.
/// Caching.Memory 8 to 10; before version 6 the cache holds the dictionary itself).
/// </summary>
internal sealed class MemoryCacheShape : ICacheShape
{
    private const string Name = "Microsoft.Extensions.Caching.Memory.MemoryCache";
    private const string Entry = "Microsoft.Extensions.Caching.Memory.CacheEntry";

    // Inside of an entry's type, which the runtime does not name.
    private const string Tokens = "CacheEntryTokens";

    private readonly ConcurrentDictionaryShape _dictionary = new();

    public CacheKind Kind => CacheKind.MemoryCache;

    public bool IsOf(HeapType type) => TypeNames.Is(type, Name);

    public void Read(ObjectGraph graph, int instance, CacheTally tally)
    {
        List<int> value = [];
        foreach (int dictionary in Dictionaries(graph, instance))
        {
            foreach ((_, int[] parts) in ConcurrentDictionaryShape.Nodes(graph, dictionary))
            {
                int entry = Array.FindIndex(parts, part => TypeNames.Is(graph.TypeOf(part), Entry));
                if (entry < 0)
                    continue;
                tally.Entries++;
                int key = entry > 0 ? parts[0] : -1;
                value.Clear();
                foreach (int part in graph.ReferencesOf(parts[entry]))
                {
                    if (part == key)
                        key = -1;
                    else if (part != instance && !IsOfTheCacheItself(graph.TypeOf(part)))
                        value.Add(part);
                }

                tally.AddValue(parts[entry], CollectionsMarshal.AsSpan(value));
            }
        }
    }

    /// <summary>The dictionaries that belong to a cache. A lookup by another kind of key refers to the same one again.</summary>
    public IReadOnlyCollection<int> Dictionaries(ObjectGraph graph, int instance)
    {
        List<int> holders = [instance];
        foreach (int part in graph.ReferencesOf(instance))
        {
            if (TypeNames.IsNamed(graph.TypeOf(part), "CoherentState"))
                holders.Add(part);
        }

        HashSet<int> found = [];
        foreach (int holder in holders)
        {
            foreach (int part in graph.ReferencesOf(holder))
            {
                HeapType type = graph.TypeOf(part);
                if (_dictionary.IsOf(type) && graph.Types.Find(type.Arguments[1]) is { } entry && TypeNames.Is(entry, Entry))
                    found.Add(part);
            }
        }

        return found;
    }

    private static bool IsOfTheCacheItself(HeapType type) =>
        TypeNames.Is(type, Entry) || TypeNames.Is(type, Tokens);
}
