using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>What differs between the object heaps of Ruby's versions, 64-bit.</summary>
/// <param name="Text">Major and minor version.</param>
/// <param name="AlignBytes">Alignment of a heap page, and the address space it takes when mapped.</param>
/// <param name="PageBytes">Bytes of a heap page.</param>
/// <param name="IsMapped">Whether pages come from mmap; otherwise from posix_memalign.</param>
/// <param name="SlotBytes">Slot size of each pool, smallest first.</param>
/// <param name="StepSlots">A sweep step ends after more than so many free slots.</param>
/// <param name="PooledSlots">Free slots that a sweep step sets aside behind the others.</param>
internal sealed record RubyVersion(
    string Text, int AlignBytes, int PageBytes, bool IsMapped, IReadOnlyList<int> SlotBytes, int StepSlots, int PooledSlots)
{
    /// <summary>Bytes of one object header slot: pages begin at a multiple of it.</summary>
    public const int BaseSlotBytes = 40;

    public const int PageHeaderBytes = 8;

    public const string Known = "2.7, 3.0, 3.1, 3.2, 3.3";

    private static readonly int[] OneSize = [BaseSlotBytes];
    private static readonly int[] FiveSizes = [40, 80, 160, 320, 640];

    private static readonly RubyVersion[] All =
    [
        new("2.7", 16384, 16344, false, OneSize, 0, 0),
        new("3.0", 16384, 16384, false, OneSize, 0, 0),
        new("3.1", 16384, 16384, true, OneSize, 2048, 0),
        new("3.2", 65536, 65536, true, FiveSizes, 2048, 1),
        new("3.3", 65536, 65536, true, FiveSizes, 2048, 1024),
    ];

    /// <summary>Whether a pool grows by itself when its own sweep is over; otherwise the heap as a whole after marking.</summary>
    public bool GrowsByPool => SlotBytes.Count > 1;

    /// <summary>Whether the page with the lowest address is never given back.</summary>
    public bool KeepsLowestPage => !GrowsByPool;

    /// <summary>Whether all initial slots are allocated at the start; otherwise the heap only may grow to them.</summary>
    public bool AllocatesInitialSlots => !IsMapped;

    /// <summary>Most base slots of a page.</summary>
    public int PageSlots => (PageBytes - PageHeaderBytes) / BaseSlotBytes;

    /// <summary>Largest string kept inside a slot, in bytes, per pool.</summary>
    public int EmbeddedBytes(int pool) => SlotBytes[pool] - (SlotBytes.Count > 1 ? 25 : 17);

    /// <exception cref="ModelSettingException">Another version.</exception>
    public static RubyVersion Of(string text) =>
        All.FirstOrDefault(version => string.Equals(version.Text, text, StringComparison.Ordinal))
        ?? throw new ModelSettingException($"version={text} is not modelled; known: {Known}.");

    /// <summary>Where the first slot of a page lies, and how many slots it has, by the page's address.</summary>
    /// <param name="pool">The pool the page belongs to.</param>
    /// <param name="page">The page's address divided by its alignment.</param>
    public (int FirstBytes, int Slots) Cut(int pool, long page)
    {
        int stride = SlotBytes[pool];
        long start = (page * AlignBytes) + PageHeaderBytes;
        int first = PageHeaderBytes;
        int over = (int)(start % BaseSlotBytes);
        if (over != 0)
        {
            first += BaseSlotBytes - over;
            // The second base slot of the page must begin a slot of this pool.
            if (first / BaseSlotBytes == 1)
                first += stride - BaseSlotBytes;
        }

        return (first, (PageBytes - first) / stride);
    }
}
