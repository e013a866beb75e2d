using System.Collections.Generic;

namespace FragGuard.Inspection.Nginx;

/// <summary>All pages of a zone, and its lists, as one reading found them.</summary>
internal sealed class ZonePageTable(SlabHeader header, ZonePageList pages, ulong[] wideMaps)
{
    public SlabHeader Header => header;

    /// <summary>Every page in the order of addresses.</summary>
    public ZonePageList Pages => pages;

    /// <summary>Bitmaps of pages with more than 64 slots.</summary>
    public ulong[] WideMaps => wideMaps;

    /// <summary>Free runs by their first pages, in the order in which nginx searches them.</summary>
    public required IReadOnlyList<int> FreeRuns { get; init; }

    /// <summary>For each class its pages with free slots, in list order.</summary>
    public required IReadOnlyList<IReadOnlyList<int>> PartialPages { get; init; }

    public required IReadOnlyList<ZoneClass> Classes { get; init; }

    public required ZoneDoubts Doubts { get; init; }

    public required int UnparsedPages { get; init; }

    public bool IsSlotUsed(int page, int slot) => (MapWord(page, slot >> 6) >> (slot & 63) & 1) != 0;

    /// <summary>Bits of 64 slots of a cut page, set for those in use, its bitmap's own included.</summary>
    public ulong MapWord(int page, int word)
    {
        ref ZonePage cut = ref pages[page];
        return ZoneSlots.HasWideMap(header.PageShift, cut.Shift) ? wideMaps[(int)cut.Map + word] : cut.Map;
    }

    /// <summary>Bytes of the slot or block in use that starts at an address; 0 when none does.</summary>
    public long GrantedAt(ulong address)
    {
        int page = header.PageOf(address);
        if (page < 0)
            return 0;
        ulong inPage = address - header.PageAddress(page);
        ZonePage found = pages[page];
        if (found.Use == ZonePageUse.BlockStart)
            return inPage == 0 ? (long)found.Pages << header.PageShift : 0;
        if (found.Use != ZonePageUse.Cut || (inPage & ((1UL << found.Shift) - 1)) != 0)
            return 0;
        int slot = (int)(inPage >> found.Shift);
        return slot >= ZoneSlots.OfBitmap(header.PageShift, found.Shift) && IsSlotUsed(page, slot) ? 1L << found.Shift : 0;
    }
}
