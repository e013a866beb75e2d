namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// Extents of one kind, the oldest and lowest first: a pairing heap (Fredman, Sedgewick, Sleator and Tarjan, 1986) whose
/// links are in the extents, so it takes no memory of its own.
/// </summary>
internal sealed class ExtentHeap
{
    private const int None = -1;

    private readonly PageExtents _extents;

    public ExtentHeap(PageExtents extents) => _extents = extents;

    public bool IsEmpty => First == None;

    /// <summary>The oldest and lowest, or −1.</summary>
    public int First { get; private set; } = None;

    public void Add(int extent)
    {
        ref PageExtent added = ref _extents[extent];
        added.FirstBelow = added.NextBeside = added.BeforeInHeap = None;
        First = Joined(First, extent);
    }

    public void Remove(int extent)
    {
        ref PageExtent removed = ref _extents[extent];
        if (extent == First)
        {
            First = JoinedBelow(extent);
            return;
        }

        ref PageExtent before = ref _extents[removed.BeforeInHeap];
        if (before.FirstBelow == extent)
            before.FirstBelow = removed.NextBeside;
        else
            before.NextBeside = removed.NextBeside;
        if (removed.NextBeside != None)
            _extents[removed.NextBeside].BeforeInHeap = removed.BeforeInHeap;
        First = Joined(First, JoinedBelow(extent));
    }

    /// <summary>One heap of two, either of which may be none; neither has anything beside its root.</summary>
    private int Joined(int one, int other)
    {
        if (one == None)
            return other;
        if (other == None)
            return one;
        bool isOther = _extents.Precedes(other, one);
        int upper = isOther ? other : one;
        int lower = isOther ? one : other;
        ref PageExtent root = ref _extents[upper];
        ref PageExtent below = ref _extents[lower];
        below.BeforeInHeap = upper;
        below.NextBeside = root.FirstBelow;
        if (root.FirstBelow != None)
            _extents[root.FirstBelow].BeforeInHeap = lower;
        root.FirstBelow = lower;
        return upper;
    }

    /// <summary>One heap of all right below an extent: first in pairs, then the pairs from the last to the first.</summary>
    private int JoinedBelow(int extent)
    {
        int pairs = None;
        for (int next = _extents[extent].FirstBelow; next != None;)
        {
            int one = next;
            int other = _extents[one].NextBeside;
            next = other == None ? None : _extents[other].NextBeside;
            Separate(one);
            Separate(other);
            int pair = Joined(one, other);
            _extents[pair].NextBeside = pairs;
            pairs = pair;
        }

        int joined = None;
        while (pairs != None)
        {
            int pair = pairs;
            pairs = _extents[pair].NextBeside;
            Separate(pair);
            joined = Joined(joined, pair);
        }

        return joined;
    }

    private void Separate(int extent)
    {
        if (extent != None)
            _extents[extent].NextBeside = _extents[extent].BeforeInHeap = None;
    }
}
