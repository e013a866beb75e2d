using System.Collections.Generic;

namespace FragGuard.Collector.Pools;

/// <summary>
/// Moments evenly spread over as many events as come: when there is no more room, every second one goes.
/// </summary>
/// <param name="maxMoments">A power of two.</param>
internal sealed class Timeline<TMoment>(int maxMoments)
{
    private readonly List<TMoment> _moments = [];
    private long _mask;
    private long _seen;

    /// <summary>Whether the moment of this event is one to add; asked once for each event.</summary>
    public bool IsDue => (_seen++ & _mask) == 0;

    public void Add(TMoment moment)
    {
        // One place is left for the last moment.
        if (_moments.Count == maxMoments - 1)
        {
            int kept = 0;
            for (int i = 0; i < _moments.Count; i += 2)
                _moments[kept++] = _moments[i];
            _moments.RemoveRange(kept, _moments.Count - kept);
            _mask = (_mask << 1) | 1;
        }

        _moments.Add(moment);
    }

    public IReadOnlyList<TMoment> Build(TMoment last) =>
        _moments.Count > 0 && EqualityComparer<TMoment>.Default.Equals(_moments[^1], last) ? [.. _moments] : [.. _moments, last];
}
