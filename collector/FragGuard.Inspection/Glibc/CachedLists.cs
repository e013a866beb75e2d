using System;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Follows lists of freed chunks that are linked one way. From 2.32 on a pointer to the next one is mangled with its own
/// address; which of both a process does is seen from a list's end.
/// </summary>
/// <param name="memory">Where they are.</param>
/// <param name="into">Takes the chunks of every list that is not broken.</param>
internal sealed class CachedLists(IMemorySource memory, CachedChunks into)
{
    /// <summary>Of all lists of one process together; more is taken for damage.</summary>
    public const int Most = 2_000_000;

    private const ulong FlagBits = 7;
    private const ulong Header = 16;

    private int _left = Most;

    public IMemorySource Memory => memory;

    /// <summary>What all lists so far hold.</summary>
    public CachedChunks Chunks => into;

    /// <summary>Null until a list has told.</summary>
    public bool? IsMangled { get; private set; }

    /// <summary>Lists that do not end, or lead to what is no such chunk: damaged, or changed while they were read.</summary>
    public int BrokenLists { get; private set; }

    /// <summary>Adds the chunks of a list; null when it is broken, else how many it has.</summary>
    /// <param name="first">Address of the first block or chunk, not mangled; 0 when there is none.</param>
    /// <param name="isOfBlocks">Links lead to the program's bytes, 16 behind the chunk.</param>
    /// <param name="most">Chunks it can have.</param>
    /// <param name="fits">Whether a chunk of that address and size can be in it.</param>
    /// <param name="use">What the chunks are.</param>
    public int? Follow(ulong first, bool isOfBlocks, int most, Func<ulong, ulong, bool> fits, ChunkUse use)
    {
        if (first == 0)
            return 0;
        int before = into.Count;
        foreach (bool mangled in IsMangled is { } known ? [known] : (bool[])[true, false])
        {
            if (TryFollow(first, isOfBlocks, most, fits, use, mangled))
            {
                IsMangled = mangled;
                return into.Count - before;
            }

            into.Shorten(before);
        }

        BrokenLists++;
        return null;
    }

    private bool TryFollow(
        ulong first, bool isOfBlocks, int most, Func<ulong, ulong, bool> fits, ChunkUse use, bool mangled)
    {
        Span<byte> words = stackalloc byte[16];
        // A list that leads back into itself is found by an earlier member that is looked for ever longer (Brent).
        ulong earlier = 0;
        int untilEarlier = 1;
        int count = 0;
        for (ulong at = first; at != 0;)
        {
            if (at == earlier)
                return false;
            if (count == untilEarlier)
            {
                earlier = at;
                untilEarlier *= 2;
            }

            ulong chunk = isOfBlocks ? at - Header : at;
            if (!MallocState.IsAddress(at) || at % 16 != 0 || count >= most || _left-- <= 0
                || !memory.TryReadAll(chunk + 8, words))
            {
                return false;
            }

            ulong size = BitConverter.ToUInt64(words) & ~FlagBits;
            if (size > CachedChunk.MostBytes || !fits(chunk, size))
                return false;
            into.Add(new CachedChunk(chunk, size, use));
            count++;
            ulong next = BitConverter.ToUInt64(words[8..]);
            at = mangled ? next ^ ((chunk + Header) >> 12) : next;
        }

        return true;
    }
}
