using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The region lists a thread reported: a list ends where another GC event of that thread follows.</summary>
internal sealed class RegionLists
{
    private const int MaxRegions = 1 << 20;

    private readonly Dictionary<long, RegionList> _lists = [];
    private RegionList _last = new();
    private long _lastThread = -1;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long thread, GenerationExtent extent)
    {
        if (thread != _lastThread)
            TurnTo(thread);
        if (_last.IsClosed)
            _last.Regions.Clear();
        _last.IsClosed = false;
        if (_last.Regions.Count < MaxRegions)
            _last.Regions.Add(extent);
    }

    public void Close(long thread)
    {
        if (_lists.TryGetValue(thread, out RegionList? list))
            list.IsClosed = true;
    }

    /// <summary>The list that ended last on the thread; empty when none did.</summary>
    public IReadOnlyList<GenerationExtent> Of(long thread) =>
        _lists.TryGetValue(thread, out RegionList? list) ? list.Regions : [];

    private void TurnTo(long thread)
    {
        if (!_lists.TryGetValue(thread, out RegionList? list))
            _lists[thread] = list = new RegionList();
        _last = list;
        _lastThread = thread;
    }

    private sealed class RegionList
    {
        public List<GenerationExtent> Regions { get; } = [];

        public bool IsClosed { get; set; }
    }
}
