using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// The heaps of an arena that is not the main one (<c>heap_info</c>, malloc/arena.c): each begins at a multiple of the
/// most a heap can have, with the arena's address, the heap before it and its size. The arena's record follows in the first one.
/// </summary>
internal sealed class ThreadHeaps(IMemorySource memory, ulong pageBytes)
{
    /// <summary>Of one arena; more is taken for damage.</summary>
    public const int Most = 65_536;

    private const ulong UsualBytes = 64UL << 20;
    private const ulong LeastBytes = 1UL << 20;

    /// <summary>Bytes of the record: since 2.35 it also has the size of a page.</summary>
    private static readonly ulong[] RecordBytes = [48, 32];

    /// <summary>Address of the heap that has the arena's record; null when there is none, as of the main arena.</summary>
    public ulong? FirstHeapOf(ulong arena)
    {
        foreach (ulong record in RecordBytes)
        {
            ulong heap = arena - record;
            if (arena > record && heap % LeastBytes == 0 && memory.TryReadUInt64(heap, out ulong owner) && owner == arena)
                return heap;
        }

        return null;
    }

    /// <summary>Last heap first; null when they do not lead to the first one.</summary>
    public IReadOnlyList<HeapRegion>? Of(MallocState arena, ulong firstHeap)
    {
        // With huge pages (glibc.malloc.hugetlb) versions 2.35 to 2.41 have heaps of four huge pages.
        for (ulong most = UsualBytes; most >= LeastBytes; most /= 2)
        {
            if (firstHeap % most == 0 && TryChain(arena, firstHeap, most) is { } heaps)
                return heaps;
        }

        const ulong ofGigabytePages = 4UL << 30;
        return firstHeap % ofGigabytePages == 0 ? TryChain(arena, firstHeap, ofGigabytePages) : null;
    }

    private List<HeapRegion>? TryChain(MallocState arena, ulong firstHeap, ulong mostBytes)
    {
        ulong record = arena.Address - firstHeap;
        List<HeapRegion> heaps = [];
        HashSet<ulong> seen = [];
        for (ulong heap = arena.Top / mostBytes * mostBytes; seen.Count < Most; )
        {
            if (!seen.Add(heap)
                || !memory.TryReadUInt64(heap, out ulong owner) || owner != arena.Address
                || !memory.TryReadUInt64(heap + 8, out ulong before)
                || !memory.TryReadUInt64(heap + 16, out ulong bytes)
                || bytes > mostBytes || bytes % pageBytes != 0 || bytes <= record)
            {
                return null;
            }

            bool isFirst = heap == firstHeap;
            ulong records = isFirst ? record + (ulong)arena.Layout.Bytes : record;
            heaps.Add(new HeapRegion(heap, (heap + records + 15) / 16 * 16, heap + bytes, IsMain: false));
            if (isFirst)
                return before == 0 ? heaps : null;
            heap = before;
        }

        return null;
    }
}
