using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Allocators;
using FragGuard.Inspection.Breakdown.Recognition;
using FragGuard.Inspection.Glibc;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown;

/// <summary>What glibc's own records say: where its heaps lie, and what of them is in use.</summary>
internal static class GlibcInsides
{
    private const string ByRecords = "glibc's own records of its heaps";
    private const string ByChunks = "the chunks of glibc's heaps";

    /// <summary>Null when the process has no arenas of glibc that can be read from the pages in memory.</summary>
    public static GlibcSnapshot? Read(AddressSpace space) =>
        LoadedAllocators.In(space.Mappings).Any(static one => one.Name is LoadedAllocators.Glibc)
            ? new GlibcReader(space.Memory, space.Mappings, space.ResidenceOf, ResidentPages.PageBytes).Read()
            : null;

    public static IEnumerable<MemoryClaim> ClaimsOf(GlibcSnapshot snapshot, AddressSpace space) =>
        from arena in snapshot.Arenas
        from heap in arena.Heaps
        let start = heap.Start / ResidentPages.PageBytes * ResidentPages.PageBytes
        let end = (heap.Start + (ulong)Math.Max(0, heap.Bytes) + ResidentPages.PageBytes - 1) / ResidentPages.PageBytes * ResidentPages.PageBytes
        where IsOfMalloc(space, start)
        select new MemoryClaim(start, end, arena.IsMain ? PartKind.MainHeap : PartKind.Arenas, Certainty.Certain, ByRecords);

    public static IReadOnlyDictionary<PartKind, PartInside> InsidesOf(GlibcSnapshot? snapshot)
    {
        Dictionary<PartKind, PartInside> insides = [];
        foreach (IGrouping<bool, ArenaSnapshot> arenas in (snapshot?.Arenas ?? []).GroupBy(static arena => arena.IsMain))
        {
            insides[arenas.Key ? PartKind.MainHeap : PartKind.Arenas] = new PartInside(
                arenas.Sum(static arena => arena.Resident.LiveBytes), arenas.Sum(static arena => arena.Resident.FreeBytes), ByChunks);
        }

        return insides;
    }

    private static bool IsOfMalloc(AddressSpace space, ulong address)
    {
        int index = space.IndexOf(address);
        return index >= 0 && AddressSpace.IsPlain(space.Mappings[index]) && space.Mappings[index].Path is not "[heap]";
    }
}
