using System;
using System.Collections.Generic;
using System.Numerics;
using System.Threading.Tasks;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Collects cached chunks in the order of their lists, and is then read in the order of their addresses. A part is as long as all before it
/// together, so that nothing is copied when it grows; each part is sorted by itself, in place.
/// </summary>
internal sealed class CachedChunks
{
    private const int LengthOfFirst = 4096;

    private readonly List<CachedChunk[]> _parts = [];

    public int Count { get; private set; }

    public void Add(CachedChunk chunk)
    {
        int part = PartOf(Count);
        if (part == _parts.Count)
            _parts.Add(GC.AllocateUninitializedArray<CachedChunk>(Math.Max(LengthOfFirst, StartOf(part))));
        _parts[part][Count - StartOf(part)] = chunk;
        Count++;
    }

    /// <summary>Drops those that were added last.</summary>
    /// <param name="count">How many stay.</param>
    public void Shorten(int count) => Count = Math.Min(Count, count);

    /// <summary>After it nothing may be added.</summary>
    public void Sort()
    {
        if (Count > LengthOfFirst)
            Parallel.For(0, _parts.Count, part => Filled(part).AsSpan().Sort());
        else if (Count > 0)
            Filled(0).AsSpan().Sort();
    }

    /// <summary>Goes through the sorted chunks in address order.</summary>
    /// <param name="start">Address of the first that is of interest.</param>
    public CachedChunkCursor From(ulong start) => new(this, start);

    internal int PartCount => _parts.Count;

    /// <summary>The chunks of one part.</summary>
    internal ArraySegment<CachedChunk> Filled(int part) =>
        new(_parts[part], 0, Math.Clamp(Count - StartOf(part), 0, _parts[part].Length));

    private static int PartOf(int index) => BitOperations.Log2((uint)(index / LengthOfFirst * 2) | 1);

    private static int StartOf(int part) => part == 0 ? 0 : LengthOfFirst << (part - 1);
}
