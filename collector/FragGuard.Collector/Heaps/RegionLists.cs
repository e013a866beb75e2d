using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// The region lists of the threads that reported one last: a list ends where another GC event of that thread follows.
/// </summary>
internal sealed class RegionLists
{
    private const int MaxRegions = 1 << 20;

    // One GC runs inside of a background one, each on a thread of its own; the next may run on any other thread.
    private const int MaxThreads = 8;

    // The thread that began a list last stands last.
    private readonly List<RegionList> _lists = [];
    private RegionList? _last;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long thread, GenerationExtent extent)
    {
        RegionList list = _last is { } last && last.Thread == thread ? last : TurnTo(thread);
        if (list.IsClosed)
            list.Regions.Clear();
        list.IsClosed = false;
        if (list.Regions.Count < MaxRegions)
            list.Regions.Add(extent);
    }

    public void Close(long thread)
    {
        if (Find(thread) is { } list)
            list.IsClosed = true;
    }

    /// <summary>The list that ended last on the thread; empty when none did, or long ago.</summary>
    public IReadOnlyList<GenerationExtent> Of(long thread) => Find(thread) is { } list ? list.Regions : [];

    private RegionList TurnTo(long thread)
    {
        RegionList list = Find(thread) ?? (_lists.Count < MaxThreads ? new RegionList() : _lists[0]);
        list.IsClosed |= list.Thread != thread;
        list.Thread = thread;
        _lists.Remove(list);
        _lists.Add(list);
        return _last = list;
    }

    private RegionList? Find(long thread)
    {
        foreach (RegionList list in _lists)
        {
            if (list.Thread == thread)
                return list;
        }

        return null;
    }

    private sealed class RegionList
    {
        public List<GenerationExtent> Regions { get; } = [];

        public long Thread { get; set; }

        public bool IsClosed { get; set; }
    }
}
