using System;

namespace FragGuard.Inspection.Glibc;

/// <summary>A place in sorted <see cref="CachedChunks"/>: always at the least chunk that no part of them has passed.</summary>
internal sealed class CachedChunkCursor
{
    private readonly CachedChunks _chunks;
    private readonly int[] _next;
    private int _least;

    public CachedChunkCursor(CachedChunks chunks, ulong start)
    {
        _chunks = chunks;
        _next = new int[chunks.PartCount];
        for (int part = 0; part < _next.Length; part++)
            _next[part] = FirstFrom(start, chunks.Filled(part));
        FindLeast();
    }

    /// <summary>The chunk at this place.</summary>
    public CachedChunk Current { get; private set; }

    /// <summary>Whether there is a chunk at this place, and it begins before an address.</summary>
    public bool IsBefore(ulong end) => _least >= 0 && Current.Start < end;

    public void MoveNext()
    {
        _next[_least]++;
        FindLeast();
    }

    private static int FirstFrom(ulong start, ReadOnlySpan<CachedChunk> chunks)
    {
        int low = 0;
        for (int high = chunks.Length; low < high;)
        {
            int middle = low + ((high - low) / 2);
            if (chunks[middle].Start < start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private void FindLeast()
    {
        _least = -1;
        for (int part = 0; part < _next.Length; part++)
        {
            Span<CachedChunk> chunks = _chunks.Filled(part);
            if (_next[part] == chunks.Length || (_least >= 0 && Current <= chunks[_next[part]]))
                continue;
            _least = part;
            Current = chunks[_next[part]];
        }
    }
}
