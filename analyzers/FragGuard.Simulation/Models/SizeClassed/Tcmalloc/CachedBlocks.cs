using System;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>
/// The stacks of blocks in thread caches, each linked to the one below it, as tcmalloc links them through the blocks
/// themselves. There is room for a link in every block of every span, so that caching takes none.
/// </summary>
internal sealed class CachedBlocks
{
    private readonly SpanTable _spans;
    private long[] _below = new long[1_024];

    public CachedBlocks(SpanTable spans) => _spans = spans;

    /// <summary>Makes room for so many blocks, in use or not.</summary>
    public void Ensure(int blocks)
    {
        if (blocks > _below.Length)
            Array.Resize(ref _below, Math.Max(_below.Length * 2, blocks));
    }

    public void Push(ref long top, long place)
    {
        _below[IndexOf(place)] = top;
        top = place;
    }

    /// <param name="top">The top of a stack that is not empty.</param>
    public long Pop(ref long top)
    {
        long place = top;
        top = _below[IndexOf(place)];
        return place;
    }

    private int IndexOf(long place) => _spans[TcmallocHeap.SpanOf(place)].Links + TcmallocHeap.BlockOf(place);
}
