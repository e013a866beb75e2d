using System;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// Extents of one kind, the oldest and lowest first: a binary heap that knows where each of its members is.
/// </summary>
internal sealed class ExtentHeap
{
    private readonly PageExtents _extents;
    private int[] _members = [];

    public ExtentHeap(PageExtents extents) => _extents = extents;

    public int Count { get; private set; }

    /// <summary>The oldest and lowest; the heap is not empty.</summary>
    public int First => _members[0];

    public void Add(int extent)
    {
        if (Count == _members.Length)
            Array.Resize(ref _members, Math.Max(4, Count * 2));
        Rise(Count++, extent);
    }

    public void Remove(int extent)
    {
        int hole = _extents[extent].HeapIndex;
        int last = _members[--Count];
        if (hole == Count)
            return;
        if (hole > 0 && _extents.Precedes(last, _members[(hole - 1) / 2]))
            Rise(hole, last);
        else
            Sink(hole, last);
    }

    private void Rise(int index, int extent)
    {
        while (index > 0)
        {
            int parent = (index - 1) / 2;
            if (!_extents.Precedes(extent, _members[parent]))
                break;
            Put(index, _members[parent]);
            index = parent;
        }

        Put(index, extent);
    }

    private void Sink(int index, int extent)
    {
        for (int child = (index * 2) + 1; child < Count; child = (index * 2) + 1)
        {
            if (child + 1 < Count && _extents.Precedes(_members[child + 1], _members[child]))
                child++;
            if (!_extents.Precedes(_members[child], extent))
                break;
            Put(index, _members[child]);
            index = child;
        }

        Put(index, extent);
    }

    private void Put(int index, int extent)
    {
        _members[index] = extent;
        _extents[extent].HeapIndex = index;
    }
}
