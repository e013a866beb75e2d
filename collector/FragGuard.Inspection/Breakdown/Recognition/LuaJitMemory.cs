using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>
/// Memory of LuaJIT's allocator (lj_alloc.c): a virtual machine's first segment holds the allocator's state behind the
/// head of its first chunk, and the state says where that segment starts; blocks of 128 KiB and more have a mapping of their
/// own with an end mark.
/// </summary>
internal static class LuaJitMemory
{
    private const string BySegment = "the state of LuaJIT's allocator";
    private const string ByBlock = "the marks of a block that LuaJIT mapped for itself";
    private const int MostPages = 1 << 20;
    private const int MostSegments = 1 << 16;
    private const ulong ChunkHead = 16;
    private const ulong SegmentAt = ChunkHead + 832;
    private const ulong TopBytesAt = ChunkHead + 16;
    private const ulong SegmentGranularity = 128 << 10;
    private const ulong LargestSegment = 1UL << 40;
    private const ulong DirectFootBytes = 32;
    private const ulong Fencepost = 11;

    public static bool IsLoaded(IEnumerable<MemoryMapping> mappings) =>
        mappings.Any(static one => one.Inode != 0 && one.IsExecutable && one.FileName.Contains("luajit", StringComparison.OrdinalIgnoreCase));

    public static IReadOnlyList<MemoryClaim> Find(AddressSpace space)
    {
        ClaimMap found = new();
        List<MemoryClaim> claims = [];
        int pages = 0;
        int segmentsLeft = MostSegments;
        foreach (MemoryMapping mapping in space.Mappings.Where(AddressSpace.IsPlain))
        {
            foreach (ulong at in space.ResidentPagesOf(mapping.Start, mapping.End))
            {
                if (pages++ == MostPages)
                    return claims;
                if (found.Holds(at))
                    continue;
                List<MemoryClaim> here = [.. SegmentsOf(space, at).Take(segmentsLeft)];
                segmentsLeft -= here.Count;
                if (here.Count == 0 && BlockAt(space, at) is { } block)
                    here.Add(block);
                found.Add(here);
                claims.AddRange(here);
            }
        }

        return claims;
    }

    /// <summary>All segments of the virtual machine whose first one starts here.</summary>
    private static IEnumerable<MemoryClaim> SegmentsOf(AddressSpace space, ulong start)
    {
        IMemorySource memory = space.Memory;
        if (!memory.TryReadUInt64(start + SegmentAt, out ulong self) || self != start
            || !memory.TryReadUInt64(start + 8, out ulong head) || (head & 7) != 3 || (head & ~7UL) < SegmentAt
            || !memory.TryReadUInt64(start + TopBytesAt, out ulong topBytes) || topBytes > LargestSegment)
        {
            yield break;
        }

        ulong record = start + SegmentAt;
        HashSet<ulong> seen = [];
        while (record != 0 && seen.Add(record))
        {
            if (!memory.TryReadUInt64(record, out ulong address) || !memory.TryReadUInt64(record + 8, out ulong bytes)
                || !memory.TryReadUInt64(record + 16, out ulong next)
                || address % ResidentPages.PageBytes != 0 || bytes % ResidentPages.PageBytes != 0
                || bytes is 0 or > LargestSegment || address > ulong.MaxValue - bytes
                || !space.IsPlain(address, address + bytes))
            {
                yield break;
            }

            yield return new MemoryClaim(address, address + bytes, PartKind.LuaJit, Certainty.Certain, BySegment);
            record = next;
        }
    }

    private static MemoryClaim? BlockAt(AddressSpace space, ulong start)
    {
        IMemorySource memory = space.Memory;
        const ulong IsDirect = 1;
        if (!memory.TryReadUInt64(start, out ulong foot) || foot != IsDirect
            || !memory.TryReadUInt64(start + 8, out ulong head) || (head & 7) != 2)
        {
            return null;
        }

        ulong bytes = head & ~7UL;
        return bytes is >= SegmentGranularity - DirectFootBytes and <= LargestSegment
            && (bytes + DirectFootBytes) % ResidentPages.PageBytes == 0
            && memory.TryReadUInt64(start + bytes + 8, out ulong end) && end == Fencepost
            && space.IsPlain(start, start + bytes + DirectFootBytes)
                ? new MemoryClaim(start, start + bytes + DirectFootBytes, PartKind.LuaJit, Certainty.Certain, ByBlock)
                : null;
    }
}
