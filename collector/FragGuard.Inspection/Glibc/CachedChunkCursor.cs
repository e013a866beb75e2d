using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Glibc;

/// <summary>A place in sorted <see cref="CachedChunks"/>: always at the least chunk that no part of them has passed.</summary>
internal sealed class CachedChunkCursor
{
    /// <summary>Where a part has no further chunk.</summary>
    private const ulong None = ulong.MaxValue;

    private readonly ArraySegment<CachedChunk>[] _parts;
    private readonly int[] _next;
    private readonly ulong[] _keys;
    private int _least;

    public CachedChunkCursor(CachedChunks chunks, ulong start)
    {
        _parts = new ArraySegment<CachedChunk>[chunks.PartCount];
        _next = new int[_parts.Length];
        _keys = new ulong[_parts.Length];
        for (int part = 0; part < _parts.Length; part++)
        {
            _parts[part] = chunks.Filled(part);
            _next[part] = FirstFrom(start, _parts[part]);
            _keys[part] = KeyOf(part);
        }

        FindLeast();
    }

    /// <summary>The chunk at this place.</summary>
    public CachedChunk Current { get; private set; }

    /// <summary>Whether there is a chunk at this place, and it begins before an address.</summary>
    public bool IsBefore(ulong end) => _least >= 0 && Current.Start < end;

    public void MoveNext()
    {
        _next[_least]++;
        _keys[_least] = KeyOf(_least);
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

    private ulong KeyOf(int part) => _next[part] < _parts[part].Count ? _parts[part][_next[part]].Key : None;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindLeast()
    {
        ulong key = None;
        _least = -1;
        for (int part = 0; part < _keys.Length; part++)
        {
            if (_keys[part] >= key)
                continue;
            key = _keys[part];
            _least = part;
        }

        if (_least >= 0)
            Current = _parts[_least][_next[_least]];
    }
}
