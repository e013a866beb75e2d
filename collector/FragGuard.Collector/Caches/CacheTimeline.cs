using System.Collections.Generic;

namespace FragGuard.Collector.Caches;

/// <summary>At most 512 moments of a cache, evenly spread over its events however many come: when full, every second one goes.</summary>
internal sealed class CacheTimeline
{
    private const int MaxMoments = 512;

    private readonly List<CacheMoment> _moments = [];
    private long _stride = 1;
    private long _seen;
    private CacheMoment? _last;

    public void Add(CacheMoment moment)
    {
        _last = moment;
        if (_seen++ % _stride != 0)
            return;

        // One place is left for the last moment.
        if (_moments.Count == MaxMoments - 1)
        {
            int kept = 0;
            for (int i = 0; i < _moments.Count; i += 2)
                _moments[kept++] = _moments[i];
            _moments.RemoveRange(kept, _moments.Count - kept);
            _stride *= 2;
        }

        _moments.Add(moment);
    }

    public IReadOnlyList<CacheMoment> Build()
    {
        if (_last is not { } last || (_moments.Count > 0 && _moments[^1] == last))
            return [.. _moments];

        return [.. _moments, last];
    }
}
