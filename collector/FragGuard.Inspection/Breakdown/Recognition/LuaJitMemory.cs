using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>
/// Memory of LuaJIT's allocator (lj_alloc.c): each virtual machine has its allocator's state at the start of a page, behind
/// the head of a chunk. The state lists the segments, the newest first, the one with the state last, and where the free top of the
/// newest is, which repeats its own size. Blocks of 128 KiB and more have a mapping of their own with an end mark.
/// </summary>
internal static class LuaJitMemory
{
    private const string BySegment = "the state of LuaJIT's allocator";
    private const string ByBlock = "the marks of a block that LuaJIT mapped for itself";
    private const int MostPages = 1 << 20;

    /// <summary>Of all lists together, whether they turn out to be of a virtual machine or not: each page may start a forged one.</summary>
    private const int MostRecords = 1 << 16;

    private const ulong ChunkHead = 16;
    private const ulong TopBytesAt = ChunkHead + 16;
    private const ulong TopAt = ChunkHead + 32;
    private const ulong LargestAddress = 1UL << 47;
    private const ulong SegmentGranularity = 128 << 10;
    private const ulong LargestSegment = 1UL << 40;
    private const ulong DirectFootBytes = 32;
    private const ulong Fencepost = 11;

    /// <summary>Of the list of segments: without and with the field trim_check, which was dropped in 2013.</summary>
    private static readonly ulong[] SegmentsAt = [ChunkHead + 832, ChunkHead + 840];

    public static bool IsLoaded(IEnumerable<MemoryMapping> mappings) =>
        mappings.Any(static one => one.Inode != 0 && one.IsExecutable && one.FileName.Contains("luajit", StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyList<MemoryClaim> Find(AddressSpace space)
    {
        ClaimMap found = new();
        List<MemoryClaim> claims = [];
        int pages = 0;
        int recordsLeft = MostRecords;
        foreach (MemoryMapping mapping in space.Mappings.Where(AddressSpace.IsPlain))
        {
            foreach (ulong at in space.ResidentPagesOf(mapping.Start, mapping.End))
            {
                if (pages++ == MostPages)
                    return claims;
                if (found.Holds(at))
                    continue;
                List<MemoryClaim> here = SegmentsOf(space, at, ref recordsLeft);
                if (here.Count == 0 && BlockAt(space, at) is { } block)
                    here.Add(block);
                found.Add(here);
                claims.AddRange(here);
            }
        }

        return claims;
    }

    /// <summary>
    /// All segments of the virtual machine whose allocator's state is at the start of this page; empty when there is none.
    /// </summary>
    private static List<MemoryClaim> SegmentsOf(AddressSpace space, ulong state, ref int recordsLeft)
    {
        IMemorySource memory = space.Memory;
        List<MemoryClaim> segments = [];
        ulong record = SegmentsAt.Select(at => state + at).FirstOrDefault(at => IsState(space, state, at));
        HashSet<ulong> seen = [];
        while (record != 0 && seen.Add(record) && recordsLeft > 0)
        {
            recordsLeft--;
            if (!memory.TryReadUInt64(record, out ulong address) || !memory.TryReadUInt64(record + 8, out ulong bytes)
                || !memory.TryReadUInt64(record + 16, out ulong next)
                || address % ResidentPages.PageBytes != 0 || bytes % ResidentPages.PageBytes != 0
                || bytes is 0 or > LargestSegment || address > LargestAddress || !space.IsPlain(address, address + bytes))
            {
                break;
            }

            segments.Add(new MemoryClaim(address, address + bytes, PartKind.LuaJit, Certainty.Certain, BySegment));
            record = next;
        }

        return segments.Exists(segment => state >= segment.Start && state < segment.End) ? segments : [];
    }

    private static bool IsState(AddressSpace space, ulong state, ulong segment) =>
        space.PresentMemory.TryReadUInt64(segment, out ulong start) && start != 0 && start % ResidentPages.PageBytes == 0
        && space.PresentMemory.TryReadUInt64(segment + 8, out ulong bytes) && bytes <= LargestSegment
        && space.PresentMemory.TryReadUInt64(state + TopBytesAt, out ulong topBytes) && topBytes is > 0 and <= LargestSegment
        && space.PresentMemory.TryReadUInt64(state + TopAt, out ulong top) && top < LargestAddress && top >= start && top - start < bytes
        && space.Memory.TryReadUInt64(top + 8, out ulong head) && head == (topBytes | 1);

    private static MemoryClaim? BlockAt(AddressSpace space, ulong start)
    {
        const ulong IsDirect = 1;
        if (!space.PresentMemory.TryReadUInt64(start, out ulong foot) || foot != IsDirect
            || !space.PresentMemory.TryReadUInt64(start + 8, out ulong head) || (head & 7) != 2)
        {
            return null;
        }

        ulong bytes = head & ~7UL;
        return bytes is >= SegmentGranularity - DirectFootBytes and <= LargestSegment
            && (bytes + DirectFootBytes) % ResidentPages.PageBytes == 0
            && space.Memory.TryReadUInt64(start + bytes + 8, out ulong end) && end == Fencepost
            && space.IsPlain(start, start + bytes + DirectFootBytes)
                ? new MemoryClaim(start, start + bytes + DirectFootBytes, PartKind.LuaJit, Certainty.Certain, ByBlock)
                : null;
    }
}
