using System.Collections;
using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>The runs of one heap in address order, one behind the other.</summary>
public sealed class ChunkRunCollection : IReadOnlyCollection<ChunkRun>
{
    internal ChunkRunCollection(ulong start, IReadOnlyList<RunPart> parts, int count)
    {
        Start = start;
        Parts = parts;
        Count = count;
    }

    public int Count { get; }

    /// <summary>Address of the heap.</summary>
    internal ulong Start { get; }

    internal IReadOnlyList<RunPart> Parts { get; }

    public ChunkRunCursor GetEnumerator() => new(Parts);

    IEnumerator<ChunkRun> IEnumerable<ChunkRun>.GetEnumerator() => GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
