using System;
using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>How much of a zone occupies memory, as the page tables of some processes tell.</summary>
/// <param name="ResidentBytes">OS pages that at least one of the processes has in memory.</param>
/// <param name="SwappedBytes">Pages of none of them in memory, but of one in swap.</param>
/// <param name="UnknownBytes">Pages of which the kernel says nothing.</param>
/// <param name="Processes">Processes that were asked.</param>
public sealed record ZoneResidence(long ResidentBytes, long SwappedBytes, long UnknownBytes, int Processes)
{
    /// <summary>
    /// Of the zone itself, so that it does not matter which process used a page. False when only page tables were asked: then
    /// pages that are mapped nowhere, such as those that only the process used that started nginx, are missing.
    /// </summary>
    public bool IsComplete { get; private init; }

    /// <param name="allocated">Bytes that occupy memory or swap.</param>
    internal ZoneResidence OfAll(long allocated) =>
        this with { ResidentBytes = Math.Max(ResidentBytes, allocated - SwappedBytes), UnknownBytes = 0, IsComplete = true };

    private const ulong ChunkBytes = 64 << 20;

    internal static ZoneResidence Of(ulong start, ulong end, IReadOnlyList<ResidenceSource> sources)
    {
        long resident = 0;
        long swapped = 0;
        long unknown = 0;
        for (ulong at = start; at < end; at += Math.Min(ChunkBytes, end - at))
        {
            ulong chunkEnd = at + Math.Min(ChunkBytes, end - at);
            PageResidence[]? best = null;
            foreach (ResidenceSource source in sources)
            {
                IReadOnlyList<PageResidence> pages = source(at, chunkEnd);
                best ??= new PageResidence[pages.Count];
                for (int i = 0; i < best.Length; i++)
                    best[i] = Better(best[i], pages[i]);
            }

            foreach (PageResidence page in best ?? [])
            {
                resident += page == PageResidence.Resident ? 1 : 0;
                swapped += page == PageResidence.Swapped ? 1 : 0;
                unknown += page == PageResidence.Unknown ? 1 : 0;
            }
        }

        long pageBytes = (long)Procfs.ResidentPages.PageBytes;
        return new ZoneResidence(resident * pageBytes, swapped * pageBytes, unknown * pageBytes, sources.Count);
    }

    private static PageResidence Better(PageResidence one, PageResidence other) => Rank(other) > Rank(one) ? other : one;

    private static int Rank(PageResidence residence) => residence switch
    {
        PageResidence.Resident => 3,
        PageResidence.Swapped => 2,
        PageResidence.Absent => 1,
        _ => 0,
    };
}

/// <summary>Asks one process which of its pages in [start, end) are in memory.</summary>
internal delegate IReadOnlyList<PageResidence> ResidenceSource(ulong start, ulong end);
