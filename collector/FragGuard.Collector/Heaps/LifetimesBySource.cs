using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>What became of the sampled objects of each source. Beyond a number of sources the others count together.</summary>
internal sealed class LifetimesBySource
{
    private const int MaxSources = 1 << 14;

    private readonly Dictionary<int, SourceLifetimes> _all = [];
    private readonly SourceLifetimes _other = new();
    private SourceLifetimes?[] _bySource = [];

    public SourceLifetimes Of(int source)
    {
        if ((uint)source < (uint)_bySource.Length && _bySource[source] is { } lifetimes)
            return lifetimes;
        if (source < 0 || _all.Count >= MaxSources)
            return _other;

        if (source >= _bySource.Length)
            Array.Resize(ref _bySource, Math.Max(64, 2 * source));
        return _all[source] = _bySource[source] = new SourceLifetimes();
    }

    /// <summary>Key −1 holds what had no source, or came beyond their number.</summary>
    public Dictionary<int, SourceLifetimes> Build() => new(_all) { [AllocationSources.Unknown] = _other };
}
