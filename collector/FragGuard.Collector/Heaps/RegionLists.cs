using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The region lists a thread reported: a list ends where another GC event of that thread follows.</summary>
internal sealed class RegionLists
{
    private const int MaxRegions = 1 << 20;

    private readonly Dictionary<long, List<GenerationExtent>> _lists = [];
    private readonly HashSet<long> _closed = [];

    public void Add(long thread, GenerationExtent extent)
    {
        if (!_lists.TryGetValue(thread, out List<GenerationExtent>? list))
            _lists[thread] = list = [];
        if (_closed.Remove(thread))
            list.Clear();
        if (list.Count < MaxRegions)
            list.Add(extent);
    }

    public void Close(long thread) => _closed.Add(thread);

    /// <summary>The list that ended last on the thread; empty when none did.</summary>
    public IReadOnlyList<GenerationExtent> Of(long thread) => _lists.TryGetValue(thread, out List<GenerationExtent>? list) ? list : [];
}
