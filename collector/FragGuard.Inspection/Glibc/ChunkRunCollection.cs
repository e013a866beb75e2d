using System.Collections;
using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// The runs of one heap in address order, one behind the other, in 4 bytes each: their length, which is a multiple of 8,
/// and in its low bits their use.
/// </summary>
public sealed class ChunkRunCollection : IReadOnlyCollection<ChunkRun>
{
    internal const uint UseBits = 7;

    /// <summary>The length of an entry that the next one continues.</summary>
    internal const uint MostBytes = uint.MaxValue & ~UseBits;

    private readonly ulong _start;
    private readonly IReadOnlyList<uint[]> _parts;
    private readonly int _entriesOfLastPart;

    internal ChunkRunCollection(ulong start, IReadOnlyList<uint[]> parts, int entriesOfLastPart, int count)
    {
        _start = start;
        _parts = parts;
        _entriesOfLastPart = entriesOfLastPart;
        Count = count;
    }

    public int Count { get; }

    public ChunkRunCursor GetEnumerator() => new(_start, _parts, _entriesOfLastPart, null);

    IEnumerator<ChunkRun> IEnumerable<ChunkRun>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the runs for the last time: each part of them may be written anew once it was passed.</summary>
    /// <param name="spent">Takes what was passed.</param>
    internal ChunkRunCursor Drain(Stack<uint[]> spent) => new(_start, _parts, _entriesOfLastPart, spent);
}
