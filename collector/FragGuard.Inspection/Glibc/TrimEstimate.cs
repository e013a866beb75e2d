using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// What <c>malloc_trim(0)</c> would give back of one heap, by glibc's own rule (malloc/malloc.c, mtrim and systrim): fastbins
/// are joined with their neighbours, then of every free chunk the whole pages behind its header go, and of the main heap's
/// top all pages but the first. Tops of other arenas stay. Exact for a heap that does not change; a prediction all the same.
/// </summary>
/// <param name="Ranges">Whole pages that go, in address order; null when the heap had too many pieces to tell.</param>
/// <param name="ResidentBytes">The part of them that is in memory.</param>
public sealed record TrimEstimate(IReadOnlyList<(ulong Start, ulong End)>? Ranges, long ResidentBytes)
{
    private const ulong ChunkRecordBytes = 48;
    private const long LeastTopBytes = 33;

    /// <param name="runs">The heap's runs.</param>
    /// <param name="pages">Its pages.</param>
    /// <param name="topUnitBytes">The unit in which its top shrinks; 0 when it does not.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static TrimEstimate Of(ChunkRunCollection? runs, PageUses pages, long topUnitBytes)
    {
        if (runs is null)
            return new TrimEstimate(null, 0);
        List<(ulong Start, ulong End)> ranges = [];
        ulong page = (ulong)pages.PageBytes;
        ulong start = runs.Start;
        ulong at = runs.Start;
        ChunkUse last = ChunkUse.Outside;
        foreach (RunPart part in runs.Parts)
        {
            foreach (uint entry in part.Entries)
            {
                ChunkUse use = (ChunkUse)(entry & RunPart.UseBits);
                if (Joins(use) != Joins(last))
                {
                    if (at - start > page)
                        AddPages(start, at, last);
                    start = at;
                }

                last = use;
                at += entry & ~RunPart.UseBits;
            }
        }

        if (at - start > page)
            AddPages(start, at, last);
        return new TrimEstimate(ranges, ResidentIn(ranges, pages));

        void AddPages(ulong from, ulong to, ChunkUse lastUse)
        {
            if (!Joins(lastUse))
                return;
            (ulong Start, ulong End) range =
                lastUse == ChunkUse.Top ? OfTop(from, to, topUnitBytes) : OfChunk(from, to, page);
            if (range.End > range.Start)
                ranges.Add(range);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool Joins(ChunkUse use) => use is ChunkUse.Free or ChunkUse.FastBin or ChunkUse.Top;

    private static (ulong Start, ulong End) OfChunk(ulong start, ulong end, ulong page)
    {
        ulong first = (start + ChunkRecordBytes + page - 1) & ~(page - 1);
        return first >= end ? (first, first) : (first, end & ~(page - 1));
    }

    private static (ulong Start, ulong End) OfTop(ulong start, ulong end, long unit)
    {
        long room = (long)(end - start) - LeastTopBytes;
        long extra = unit <= 0 || room <= 0 ? 0 : room / unit * unit;
        return (end - (ulong)extra, end);
    }

    private static long ResidentIn(List<(ulong Start, ulong End)> ranges, PageUses pages)
    {
        long resident = 0;
        foreach ((ulong start, ulong end) in ranges)
        {
            for (ulong at = start; at < end; at += (ulong)pages.PageBytes)
            {
                int page = (int)((at - pages.Start) / (ulong)pages.PageBytes);
                if (page < pages.Count && pages.IsResident(page))
                    resident += pages.PageBytes;
            }
        }

        return resident;
    }
}
