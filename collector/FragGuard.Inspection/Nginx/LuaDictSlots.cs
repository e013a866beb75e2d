using System;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Numbers all slots and blocks in use that are long enough for an entry of a shared dictionary, in the order of their
/// addresses.
/// </summary>
internal sealed class LuaDictSlots
{
    /// <summary>No slot or block in use starts there.</summary>
    public const int None = -1;

    /// <summary>Of one dictionary: 1 GB of the smallest entries there are.</summary>
    public const int Most = 1 << 23;

    private const int NumberBits = 24;

    private readonly ZonePageTable _table;
    private readonly SlabHeader _header;

    /// <summary>
    /// For each page the number of its first slot, and above it the logarithm of its slots where all of them are in use: of such a page no
    /// more has to be looked up.
    /// </summary>
    private readonly int[] _firstOfPage;

    /// <param name="table">The zone's pages.</param>
    /// <param name="leastBytes">Bytes of the shortest entry.</param>
    /// <param name="most">Most slots that are numbered, besides <see cref="Most"/>.</param>
    public LuaDictSlots(ZonePageTable table, int leastBytes, long most)
    {
        _table = table;
        _header = table.Header;
        LeastShift = ZoneSlots.ShiftFor(_header.PageShift, leastBytes);
        _firstOfPage = new int[table.Pages.Count];
        int count = 0;
        for (int page = 0; page < table.Pages.Count; page++)
        {
            _firstOfPage[page] = count;
            ref ZonePage found = ref table.Pages[page];
            int held = found.Use switch
            {
                ZonePageUse.BlockStart => 1,
                ZonePageUse.Cut when found.Shift >= LeastShift => found.Used,
                _ => 0,
            };
            if (count + held > Math.Min(Most, most))
            {
                PageEnd = page;
                IsCut = true;
                break;
            }

            if (found.Use == ZonePageUse.Cut && held == ZoneSlots.Usable(_header.PageShift, found.Shift))
                _firstOfPage[page] |= found.Shift << NumberBits;
            count += held;
            PageEnd = page + 1;
        }

        Count = count;
    }

    public int Count { get; }

    /// <summary>Logarithm of the smallest slot that counts.</summary>
    public int LeastShift { get; }

    /// <summary>Pages from here on are not numbered, because there are too many slots.</summary>
    public int PageEnd { get; }

    public bool IsCut { get; }

    /// <summary>Number of the first slot on a page or behind it, for a page before <see cref="PageEnd"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int FirstOf(int page) => _firstOfPage[page] & ((1 << NumberBits) - 1);

    /// <summary>The number behind those of a page before <see cref="PageEnd"/>.</summary>
    public int EndOf(int page) => page + 1 < PageEnd ? FirstOf(page + 1) : Count;

    /// <summary>Number of what starts at an address; <see cref="None"/> when nothing numbered does.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int At(ulong address)
    {
        int page = _header.PageOf(address);
        if (page < 0 || page >= PageEnd)
            return None;
        ulong inPage = address - _header.PageAddress(page);
        int full = _firstOfPage[page] >> NumberBits;
        if (full == 0)
            return AtPartial(page, inPage);
        int slot = (int)(inPage >> full) - ZoneSlots.OfBitmap(_header.PageShift, full);
        return slot >= 0 && (inPage & ((1UL << full) - 1)) == 0 ? FirstOf(page) + slot : None;
    }

    /// <summary><see cref="At"/> is asked for the number at an address soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Fetch(ulong address)
    {
        int page = _header.PageOf(address);
        if (page >= 0)
            SoonRead.Fetch(ref _firstOfPage[page]);
    }

    /// <summary>Offset in the zone of a numbered slot or block.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such number.</exception>
    public long OffsetOf(int number)
    {
        if (number < 0 || number >= Count)
            throw new ArgumentOutOfRangeException(nameof(number), "There is no such slot.");
        int page = PageOf(number);
        var offset = (long)(_header.PageAddress(page) - _header.Base);
        ZonePage found = _table.Pages[page];
        if (found.Use == ZonePageUse.BlockStart)
            return offset;
        int left = number - FirstOf(page) + ZoneSlots.OfBitmap(_header.PageShift, found.Shift);
        int word = 0;
        ulong map = _table.MapWord(page, 0);
        for (int held; left >= (held = BitOperations.PopCount(map)); map = _table.MapWord(page, ++word))
            left -= held;
        for (; left > 0; left--)
            map &= map - 1;
        return offset + ((long)((word * 64) + BitOperations.TrailingZeroCount(map)) << found.Shift);
    }

    /// <summary>The last page whose first number is not behind: pages without a slot share their successor's.</summary>
    private int PageOf(int number)
    {
        int first = 0;
        int end = PageEnd;
        while (end - first > 1)
        {
            int middle = first + ((end - first) >> 1);
            if (FirstOf(middle) <= number)
                first = middle;
            else
                end = middle;
        }

        return first;
    }

    /// <summary>On any page.</summary>
    private int AtPartial(int page, ulong inPage)
    {
        ref ZonePage found = ref _table.Pages[page];
        if (found.Use == ZonePageUse.BlockStart)
            return inPage == 0 ? FirstOf(page) : None;
        if (found.Use != ZonePageUse.Cut || found.Shift < LeastShift || (inPage & ((1UL << found.Shift) - 1)) != 0)
            return None;
        int slot = (int)(inPage >> found.Shift);
        if (ZoneSlots.HasWideMap(_header.PageShift, found.Shift))
            return AtWide(page, found.Shift, slot);
        return (found.Map >> slot & 1) != 0
            ? FirstOf(page) + BitOperations.PopCount(found.Map & ((1UL << slot) - 1))
            : None;
    }

    /// <summary>On a page that keeps its bitmap in its own first slots.</summary>
    private int AtWide(int page, int shift, int slot)
    {
        int reserved = ZoneSlots.OfBitmap(_header.PageShift, shift);
        if (slot < reserved || !_table.IsSlotUsed(page, slot))
            return None;
        int used = BitOperations.PopCount(_table.MapWord(page, slot >> 6) & ((1UL << (slot & 63)) - 1));
        for (int word = 0; word < slot >> 6; word++)
            used += BitOperations.PopCount(_table.MapWord(page, word));
        return FirstOf(page) + used - reserved;
    }
}
