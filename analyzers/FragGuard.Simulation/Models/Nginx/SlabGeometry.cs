using System;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// How nginx divides a zone on a 64-bit system with POSIX semaphores: pool header, one list head per size class and, from
/// 1.11.7 on, one statistics record per size class, one descriptor per page, then the pages, aligned to their own size.
/// </summary>
public readonly record struct SlabGeometry
{
    /// <summary>Base-2 logarithm of the smallest slot, 8 bytes.</summary>
    public const int MinShift = 3;

    private const int ListHeadBytes = 24;
    private const int DescriptorBytes = 24;

    /// <param name="zoneBytes">Size of the whole zone.</param>
    /// <param name="pageBytes">Page size of the system: a power of two from 4 096 to 65 536.</param>
    /// <param name="rules">What the version of nginx settles; null for the newest.</param>
    /// <exception cref="ArgumentOutOfRangeException">No room for one page, or an impossible page size.</exception>
    public SlabGeometry(long zoneBytes, int pageBytes, SlabRules? rules = null)
    {
        rules ??= SlabRules.Newest;
        if (pageBytes is < 4096 or > 65536 || (pageBytes & (pageBytes - 1)) != 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(pageBytes), "A page is a power of two from 4 096 to 65 536 bytes.");
        }

        ZoneBytes = zoneBytes;
        PageBytes = pageBytes;
        while (pageBytes >> PageShift != 1)
            PageShift++;
        ClassCount = PageShift - MinShift;

        LargestSlotRequestBytes = rules.HalfPageIsSlot ? pageBytes / 2 : (pageBytes / 2) - 1;

        long arrayStart = rules.PoolHeaderBytes + (ClassCount * (ListHeadBytes + rules.StatisticsBytes));
        long estimatedFrom = rules.EstimateCountsListHeads ? arrayStart : rules.PoolHeaderBytes;
        long pages = (zoneBytes - estimatedFrom) / (pageBytes + DescriptorBytes);
        FirstPageBytes = (arrayStart + (pages * DescriptorBytes) + pageBytes - 1) / pageBytes * pageBytes;
        pages = Math.Min(pages, (zoneBytes - FirstPageBytes) / pageBytes);
        if (pages is < 1 or > MaxPages)
        {
            throw new ArgumentOutOfRangeException(
                nameof(zoneBytes), $"A zone of {zoneBytes} bytes does not hold 1 to {MaxPages} pages.");
        }

        Pages = (int)pages;
    }

    /// <summary>Most pages a modelled zone has: 64 GiB of 4 096 bytes.</summary>
    public const int MaxPages = 1 << 24;

    public long ZoneBytes { get; }

    public int PageBytes { get; }

    /// <summary>Base-2 logarithm of <see cref="PageBytes"/>.</summary>
    public int PageShift { get; }

    /// <summary>Size classes: powers of two from 8 bytes to half a page.</summary>
    public int ClassCount { get; }

    /// <summary>Longest request that is served from a slot.</summary>
    public int LargestSlotRequestBytes { get; }

    /// <summary>Pages that can hold blocks.</summary>
    public int Pages { get; }

    /// <summary>Offset of the first page; everything before it is the pool's own.</summary>
    public long FirstPageBytes { get; }

    /// <summary>Offset behind the last page; the rest of the zone is too short for a page and lost.</summary>
    public long EndBytes => FirstPageBytes + ((long)Pages << PageShift);

    public long OffsetOf(int page) => FirstPageBytes + ((long)page << PageShift);

    public int PageOf(long offsetBytes) => (int)((offsetBytes - FirstPageBytes) >> PageShift);

    /// <summary>Slots of one page of the class, those that hold the page's own bitmap included.</summary>
    public int SlotsPerPage(int shift) => PageBytes >> shift;

    /// <summary>Words of 64 bits of one page's bitmap; 0 where the bitmap fits into the page's descriptor.</summary>
    public int MapWords(int shift) => SlotsPerPage(shift) <= 64 ? 0 : SlotsPerPage(shift) >> 6;

    /// <summary>Slots of one page that hold its bitmap; 0 where the bitmap fits into the page's descriptor.</summary>
    public int BitmapSlots(int shift)
    {
        int slots = SlotsPerPage(shift);
        return slots <= 64 ? 0 : Math.Max(1, slots / 8 >> shift);
    }
}
