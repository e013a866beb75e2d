using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Where the main arena's chunks are: in the program's break, <c>[heap]</c>. Where the break could not grow glibc took
/// mappings for it; then the arena's top and its free chunks lead to them.
/// </summary>
internal sealed class MainHeap(IMemorySource memory, IReadOnlyList<MemoryMapping> mappings, ulong pageBytes)
{
    public const string BreakName = "[heap]";
    private const ulong PreviousInUse = 1;

    /// <summary>Regions in no order; empty when the arena has no memory yet.</summary>
    public IReadOnlyList<HeapRegion>? Of(MallocState state)
    {
        if (!memory.TryReadUInt64(state.Top + 8, out ulong topField))
            return null;
        ulong topEnd = state.Top + (topField & ~ChunkFormat.FlagBits);
        if (topEnd <= state.Top)
            return null;
        List<HeapRegion> regions = [];
        MemoryMapping[] breaks = [.. mappings.Where(mapping => string.Equals(mapping.Path, BreakName, StringComparison.Ordinal))];
        if (breaks.Length > 0)
        {
            ulong start = breaks[0].Start;
            ulong end = breaks[^1].End;
            bool hasTop = state.Top >= start && state.Top < end;
            ulong first = FirstChunk(state, start, end, topEnd);
            ulong regionEnd = hasTop ? Math.Min(topEnd, end) : end;
            if (regionEnd > first)
                regions.Add(new HeapRegion(first, first, regionEnd, IsMain: true));
            if (hasTop && state.IsContiguous)
                return regions;
        }

        AddMappings(regions, state, topEnd);
        return regions.Count > 0 ? regions : null;
    }

    /// <summary>The mappings that the top and the ends of the arena's lists are in: the kernel may have joined them with others.</summary>
    private void AddMappings(List<HeapRegion> regions, MallocState state, ulong topEnd)
    {
        HashSet<ulong> seen = [];
        foreach (ulong chunk in Enumerable.Range(0, MallocStateLayout.Bins)
            .SelectMany(bin => new[] { state.FirstOf(bin), state.LastOf(bin) }).Prepend(state.Top))
        {
            MemoryMapping? mapping = mappings.FirstOrDefault(each => each.Contains(chunk));
            if (mapping is not { IsAnonymous: true, IsShared: false, IsWritable: true } || !seen.Add(mapping.Start))
                continue;
            bool hasTop = mapping.Contains(state.Top) && topEnd <= mapping.End;
            regions.Add(new HeapRegion(mapping.Start, mapping.Start, hasTop ? topEnd : mapping.End, IsMain: true, MayHoldOthers: true));
            if (hasTop && topEnd < mapping.End)
                regions.Add(new HeapRegion(topEnd, topEnd, mapping.End, IsMain: true, MayHoldOthers: true));
        }
    }

    /// <summary>By the arena's own count where it is in one piece; else the first place in the break that looks like a chunk.</summary>
    private ulong FirstChunk(MallocState state, ulong start, ulong end, ulong topEnd)
    {
        ulong byCount = topEnd - (ulong)state.SystemBytes;
        if (byCount >= start && byCount < end && byCount % 16 == 0 && LooksLikeChunk(byCount, end))
            return byCount;
        for (ulong at = (start + 15) / 16 * 16; at < Math.Min(end, start + pageBytes); at += 16)
        {
            if (LooksLikeChunk(at, end))
                return at;
        }

        return start;
    }

    private bool LooksLikeChunk(ulong at, ulong end)
    {
        if (!memory.TryReadUInt64(at + 8, out ulong field))
            return false;
        ulong size = field & ~ChunkFormat.FlagBits;
        return (field & PreviousInUse) != 0 && size >= 32 && size % 16 == 0 && size <= end - at;
    }
}
