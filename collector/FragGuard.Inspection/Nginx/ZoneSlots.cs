using System;
using System.Numerics;

namespace FragGuard.Inspection.Nginx;

/// <summary>How many slots a page has (<c>ngx_slab_alloc_locked</c>), by the logarithms of page and slot size.</summary>
internal static class ZoneSlots
{
    /// <summary>All slots, those that hold the page's own bitmap included.</summary>
    public static int PerPage(int pageShift, int shift) => 1 << (pageShift - shift);

    /// <summary>Whether the bitmap is too long for the page's descriptor and is kept in the page itself.</summary>
    public static bool HasWideMap(int pageShift, int shift) => pageShift - shift > 6;

    /// <summary>Slots of one page that hold its bitmap.</summary>
    public static int OfBitmap(int pageShift, int shift) =>
        HasWideMap(pageShift, shift) ? Math.Max(1, PerPage(pageShift, shift) / 8 >> shift) : 0;

    /// <summary>Slots of one page that can hold something.</summary>
    public static int Usable(int pageShift, int shift) => PerPage(pageShift, shift) - OfBitmap(pageShift, shift);

    /// <summary>Bytes of the slot or of the whole pages that serve a request of 1 byte or more.</summary>
    public static long GrantedFor(int pageShift, long bytes)
    {
        int shift = ShiftFor(pageShift, bytes);
        return shift < pageShift ? 1L << shift : (bytes + (1L << pageShift) - 1) >> pageShift << pageShift;
    }

    /// <summary>Logarithm of the slot that serves a request of 1 byte or more; the page's own for a request of whole pages.</summary>
    public static int ShiftFor(int pageShift, long bytes)
    {
        if (bytes > 1L << (pageShift - 1))
            return pageShift;
        return Math.Max(SlabHeader.MinShift, BitOperations.Log2((ulong)(bytes - 1)) + 1);
    }
}
