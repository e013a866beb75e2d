using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>
/// Memory of glibc's malloc outside the program break, by its form alone: heaps of further arenas, which begin at multiples
/// of 64 MiB with a record of their size (malloc/arena.c, heap_info), and blocks with a mapping of their own
/// (malloc/malloc.c, IS_MMAPPED).
/// </summary>
internal static class GlibcHeaps
{
    private const ulong HeapBytes = 64 << 20;
    private const int MostCandidates = 1 << 16;
    private const int MostPages = 1 << 20;
    private const ulong FlagBits = 7;
    private const ulong IsMapped = 2;

    public static IReadOnlyList<MemoryClaim> Arenas(AddressSpace space)
    {
        List<MemoryClaim> claims = [];
        int candidates = 0;
        foreach (MemoryMapping mapping in space.Mappings)
        {
            if (!AddressSpace.IsPlain(mapping))
                continue;
            ulong first = (mapping.Start + HeapBytes - 1) / HeapBytes * HeapBytes;
            for (ulong at = first; at < mapping.End && at >= first && candidates++ < MostCandidates; at += HeapBytes)
            {
                if (IsHeap(space.Memory, at) && space.IsPlain(at, at + HeapBytes))
                    claims.Add(new MemoryClaim(at, at + HeapBytes, PartKind.Arenas, Certainty.Certain, "glibc's record at a multiple of 64 MiB"));
            }
        }

        return claims;
    }

    /// <summary>Blocks of their own mapping in what nobody claimed yet. Neighbours share one mapping of the kernel's, so each page may start one.</summary>
    public static IReadOnlyList<MemoryClaim> LargeBlocks(AddressSpace space, ClaimMap taken)
    {
        List<MemoryClaim> claims = [];
        int pages = 0;
        foreach (MemoryMapping mapping in space.Mappings)
        {
            if (!AddressSpace.IsPlain(mapping))
                continue;
            ulong next = mapping.Start;
            foreach (ulong at in space.ResidentPagesOf(mapping.Start, mapping.End))
            {
                if (at < next || taken.Holds(at))
                    continue;
                if (pages++ == MostPages)
                    return claims;
                if (BlockBytes(space.PresentMemory, at, mapping.End) is not { } bytes)
                    continue;
                next = at + bytes;
                claims.Add(new MemoryClaim(at, next, PartKind.LargeBlocks, Certainty.Likely, "the head of a malloc block with a mapping of its own"));
            }
        }

        return claims;
    }

    private static bool IsHeap(IMemorySource memory, ulong at)
    {
        if (!memory.TryReadUInt64(at, out ulong arena) || !memory.TryReadUInt64(at + 8, out ulong previous)
            || !memory.TryReadUInt64(at + 16, out ulong bytes) || !memory.TryReadUInt64(at + 24, out ulong accessible))
        {
            return false;
        }

        // The arena's own record follows that of its first heap: after 32 bytes, since 2.35 after 48.
        bool isArenaPlace = arena % HeapBytes is 32 or 48;
        bool isFirst = previous == 0 && arena - at < HeapBytes;
        bool isLater = previous != 0 && previous % HeapBytes == 0 && arena / HeapBytes != at / HeapBytes;
        return isArenaPlace && (isFirst || isLater)
            && bytes is > 0 and <= HeapBytes && bytes <= accessible && accessible <= HeapBytes
            && accessible % ResidentPages.PageBytes == 0;
    }

    private static ulong? BlockBytes(IMemorySource memory, ulong at, ulong end)
    {
        if (!memory.TryReadUInt64(at, out ulong before) || before != 0
            || !memory.TryReadUInt64(at + 8, out ulong word) || (word & FlagBits) != IsMapped)
        {
            return null;
        }

        ulong bytes = word & ~FlagBits;
        return bytes > 0 && bytes % ResidentPages.PageBytes == 0 && bytes <= end - at ? bytes : null;
    }
}
