using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Caches;

/// <summary>Gathers what instrumented caches did, by name.</summary>
internal sealed class CacheLog
{
    private const int MaxCaches = 4096;

    private readonly SortedDictionary<string, CacheDraft> _byName = new(StringComparer.Ordinal);

    public void Stored(double timeMs, string cache, long entry, long bytes, int stack) =>
        Draft(cache)?.Stored(timeMs, entry, Math.Max(0, bytes), stack);

    public void Removed(double timeMs, string cache, long entry, string reason) =>
        Draft(cache)?.Removed(timeMs, entry, reason);

    public IReadOnlyList<CacheUse> Build(SiteResolver resolver) =>
        [.. _byName.Select(pair => pair.Value.Build(pair.Key, resolver))];

    private CacheDraft? Draft(string cache)
    {
        if (!_byName.TryGetValue(cache, out CacheDraft? draft) && _byName.Count < MaxCaches)
            _byName[cache] = draft = new CacheDraft();
        return draft;
    }
}
