using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots;

/// <summary>A list that grows without copying what it has, so that its memory never doubles.</summary>
internal sealed class ChunkedList<T>
    where T : struct
{
    private const int ChunkBits = 16;
    private const int ChunkLength = 1 << ChunkBits;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public ref T this[int index] => ref _chunks[index >> ChunkBits][index & (ChunkLength - 1)];

    public void Add(in T item)
    {
        if ((Count & (ChunkLength - 1)) == 0)
            _chunks.Add(new T[ChunkLength]);
        _chunks[^1][Count & (ChunkLength - 1)] = item;
        Count++;
    }

    /// <summary>Takes the items out in order, giving back their memory on the way.</summary>
    public IEnumerable<ArraySegment<T>> Drain()
    {
        for (int i = 0; i < _chunks.Count; i++)
        {
            T[] chunk = _chunks[i];
            _chunks[i] = [];
            yield return new ArraySegment<T>(chunk, 0, Math.Min(ChunkLength, Count - (i << ChunkBits)));
        }

        Clear();
    }

    public void Clear()
    {
        _chunks.Clear();
        Count = 0;
    }
}
