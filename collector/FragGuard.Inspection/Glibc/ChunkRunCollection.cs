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

    public IEnumerator<ChunkRun> GetEnumerator() => Go(null);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Goes through the runs for the last time: each part of them may be written anew once it was passed.</summary>
    /// <param name="spent">Takes what was passed.</param>
    internal IEnumerator<ChunkRun> Drain(Stack<uint[]> spent) => Go(spent);

    private IEnumerator<ChunkRun> Go(Stack<uint[]>? spent)
    {
        ulong at = _start;
        long bytes = 0;
        for (int part = 0; part < _parts.Count; part++)
        {
            uint[] entries = _parts[part];
            int count = part == _parts.Count - 1 ? _entriesOfLastPart : entries.Length;
            for (int i = 0; i < count; i++)
            {
                uint length = entries[i] & ~UseBits;
                bytes += length;
                if (length == MostBytes)
                    continue;
                yield return new ChunkRun(at, bytes, (ChunkUse)(entries[i] & UseBits));
                at += (ulong)bytes;
                bytes = 0;
            }

            spent?.Push(entries);
        }
    }
}
