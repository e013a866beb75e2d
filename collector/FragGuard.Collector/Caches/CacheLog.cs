using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Caches;

/// <summary>Gathers what instrumented caches did, by name.</summary>
internal sealed class CacheLog
{
    private const int MaxCaches = 1024;
    private const int MaxTextLength = 512;
    private const long MaxEntryBytes = 1L << 40;

    private readonly SortedDictionary<string, CacheDraft> _byName = new(StringComparer.Ordinal);
    private readonly CacheRoom _room = new();
    private long _unnamed;

    /// <summary>Stores that were counted at most: of too many caches, or of too many entries at one time.</summary>
    public long LeftOut => _unnamed + _room.LeftOut;

    public void Stored(double timeMs, string cache, long entry, long bytes, int stack) =>
        Draft(cache, isStore: true)?.Stored(timeMs, entry, Math.Clamp(bytes, 0, MaxEntryBytes), stack);

    public void Removed(double timeMs, string cache, long entry, string reason) =>
        Draft(cache, isStore: false)?.Removed(timeMs, entry, Short(reason));

    public IReadOnlyList<CacheUse> Build(SiteResolver resolver) => _byName.Count == 0 ? [] :
        [.. _byName.Select(pair => pair.Value.Build(pair.Key, resolver))];

    private static string Short(string text) => text.Length <= MaxTextLength ? text : text[..MaxTextLength];

    private CacheDraft? Draft(string cache, bool isStore)
    {
        string name = Short(cache);
        if (_byName.TryGetValue(name, out CacheDraft? draft))
            return draft;

        if (_byName.Count < MaxCaches)
            return _byName[name] = new CacheDraft(_room);

        _unnamed += isStore ? 1 : 0;
        return null;
    }
}
