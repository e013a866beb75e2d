using System;
using System.Buffers.Binary;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// What glibc keeps for the whole process (<c>struct malloc_par</c>, malloc/malloc.c): settings, and how many chunks are
/// mappings of their own. Found by the start of the main heap, which it holds, and by sizes that fit each other.
/// </summary>
/// <param name="TrimThresholdBytes">The top is shrunk by itself when it is larger.</param>
/// <param name="TopPadBytes">Left at the top then.</param>
/// <param name="MmapThresholdBytes">Chunks from this size on become mappings.</param>
/// <param name="ArenaMax">Most arenas; 0 when it follows from the processors.</param>
/// <param name="MappedChunks">Chunks that are mappings: <c>hblks</c>.</param>
/// <param name="MappedBytes">Their bytes: <c>hblkhd</c>.</param>
/// <param name="MainStart">Where the main heap began.</param>
/// <param name="HugePageBytes">Unit in which the main heap shrinks when huge pages are asked for; 0 otherwise.</param>
internal sealed record MallocParameters(
    long TrimThresholdBytes, long TopPadBytes, long MmapThresholdBytes, long ArenaMax, int MappedChunks, long MappedBytes,
    ulong MainStart, long HugePageBytes)
{
    private const int MostBins = 4096;

    /// <summary>Offset of the number of mappings, and of the size of huge pages or −1: before 2.35, and to 2.42.</summary>
    private static readonly (int MapsAt, int HugePageAt)[] LayoutsBeforeModes = [(40, -1), (60, 40)];

    /// <summary>From 2.43 on, whose arena records have no fastbins, the mode of huge pages is kept as well.</summary>
    private static readonly (int MapsAt, int HugePageAt)[] LayoutsWithModes = [(68, 48)];

    /// <summary>Null when there is none in the mapping.</summary>
    public static MallocParameters? Find(
        IMemorySource memory, MemoryMapping mapping, MallocStateLayout arenas, Func<ulong, bool> isMainStart)
    {
        (int MapsAt, int HugePageAt)[] layouts = arenas.FastBins == 0 ? LayoutsWithModes : LayoutsBeforeModes;
        byte[] bytes = new byte[Math.Min(mapping.Bytes, 32 << 20)];
        int length = memory.Read(mapping.Start, bytes);
        for (int at = 0; at + 160 <= length; at += 8)
        {
            foreach ((int mapsAt, int hugePageAt) in layouts)
            {
                if (TryFrom(bytes.AsSpan(at, 160), mapsAt, hugePageAt, isMainStart) is { } found)
                    return found;
            }
        }

        return null;
    }

    private static MallocParameters? TryFrom(ReadOnlySpan<byte> bytes, int mapsAt, int hugePageAt, Func<ulong, bool> isMainStart)
    {
        int maps = BinaryPrimitives.ReadInt32LittleEndian(bytes[mapsAt..]);
        int limit = BinaryPrimitives.ReadInt32LittleEndian(bytes[(mapsAt + 4)..]);
        int mostMaps = BinaryPrimitives.ReadInt32LittleEndian(bytes[(mapsAt + 8)..]);
        int fixedThreshold = BinaryPrimitives.ReadInt32LittleEndian(bytes[(mapsAt + 12)..]);
        int sumsAt = (mapsAt + 16 + 7) / 8 * 8;
        ulong mapped = Word(bytes, sumsAt);
        ulong mostMapped = Word(bytes, sumsAt + 8);
        ulong start = Word(bytes, sumsAt + 16);
        ulong smallBins = Word(bytes, sumsAt + 24);
        ulong arenaTest = Word(bytes, 24);
        if (maps < 0 || limit <= 0 || mostMaps < maps || fixedThreshold is not (0 or 1) || mapped > mostMapped || mapped % 4096 != 0
            || (maps == 0) != (mapped == 0) || smallBins > MostBins || arenaTest > 1 << 20 || !isMainStart(start))
        {
            return null;
        }

        return new MallocParameters(
            (long)Word(bytes, 0), (long)Word(bytes, 8), (long)Word(bytes, 16), (long)Word(bytes, 32), maps, (long)mapped, start,
            hugePageAt < 0 ? 0 : (long)Word(bytes, hugePageAt));
    }

    private static ulong Word(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
