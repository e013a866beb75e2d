using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Reads a shared dictionary: all entries in one pass over its slots, then their order of use by their links. The elements of
/// lists, which have blocks of their own, are followed from each list; nothing outside the zone is read.
/// </summary>
internal sealed class LuaDictReader
{
    /// <summary>List elements that are read of one dictionary.</summary>
    public const int MostElements = 500_000;

    private readonly IMemorySource _memory;
    private readonly ZonePageTable _table;
    private readonly SlabHeader _header;
    private readonly List<LuaDictListElement> _elements = [];
    private long _elementBytes;
    private long _grantedBytes;
    private bool _isCut;

    private LuaDictReader(IMemorySource memory, ZonePageTable table)
    {
        _memory = table.Header.Bytes <= CachedMemory.MostBytes ? new CachedMemory(memory) : memory;
        _table = table;
        _header = table.Header;
    }

    /// <summary>Null when the zone's record is none of a shared dictionary.</summary>
    /// <param name="memory">The zone.</param>
    /// <param name="table">Its pages.</param>
    /// <param name="mostSlots">Slots that may hold entries; behind so many none is read.</param>
    /// <param name="now">Milliseconds since 1970.</param>
    public static LuaDictContent? TryRead(IMemorySource memory, ZonePageTable table, long mostSlots, long now)
    {
        ulong head = table.Header.Data + LuaDictForm.RecordLinks;
        Span<byte> links = stackalloc byte[16];
        if (table.GrantedAt(table.Header.Data) < LuaDictForm.RecordBytes || !memory.TryReadAll(head, links))
            return null;
        ulong first = LuaDictForm.Word(links, 8);
        LuaDictForm form = LuaDictForm.All.FirstOrDefault(form => table.GrantedAt(first - (ulong)form.Links) > 0) ?? LuaDictForm.All[0];
        var scan = LuaDictScan.Of(memory, table, form, mostSlots);
        var order = LuaDictOrder.Of(scan.Links, scan.MostRecent, scan.LeastRecent);
        LuaDictReader reader = new(memory, table);
        LuaDictRecords records = new(scan.Slots, scan.Sizes, scan.Links, order.Entries);
        LuaDictTotals totals = new(form, records, table.Header.PageShift);
        bool areListsWhole = reader.FollowLists(records, totals.Lists, form);
        return new LuaDictContent(form, records, reader._elements)
        {
            ReadAt = now,
            IsWhole = order.IsWhole && areListsWhole,
            IsCut = scan.Slots.IsCut || reader._isCut,
            Unordered = order.Unordered,
            EntryBytes = totals.EntryBytes + reader._elementBytes,
            MedianKeyBytes = totals.MedianKeyBytes,
            GrantedBytes = totals.GrantedBytes + reader._grantedBytes,
        };
    }

    private bool FollowLists(LuaDictRecords records, IReadOnlyList<(int Place, int Slot)> lists, LuaDictForm form)
    {
        bool isWhole = true;
        foreach ((int place, int slot) in lists)
        {
            LuaDictRecord list = records.At(slot)!.Value;
            ulong head = _header.Base + (ulong)records.OffsetBytesOf(list) + (ulong)form.ElementsAt(list);
            isWhole &= FollowList(head, list.ValueBytes, place);
            if (_isCut)
                return false;
        }

        return isWhole;
    }

    /// <summary>Each element must start a slot or block in use of just its size, and point back to the one before.</summary>
    private bool FollowList(ulong head, uint count, int entry)
    {
        Span<byte> links = stackalloc byte[16];
        Span<byte> element = stackalloc byte[LuaDictForm.ElementBytes];
        if (!_memory.TryReadAll(head, links))
            return false;
        ulong before = head;
        ulong link = LuaDictForm.Word(links, 8);
        for (uint i = 0; i < count; i++)
        {
            if (_elements.Count >= MostElements)
            {
                _isCut = true;
                return false;
            }

            long granted = _table.GrantedAt(link);
            if (granted == 0 || !_memory.TryReadAll(link, element) || LuaDictForm.Word(element, 0) != before)
                return false;
            uint valueBytes = LuaDictForm.HalfWord(element, LuaDictForm.ElementValueBytes);
            long bytes = LuaDictForm.ElementBytes + (long)valueBytes;
            if (ZoneSlots.GrantedFor(_header.PageShift, bytes) != granted)
                return false;
            _elementBytes += bytes;
            _grantedBytes += granted;
            _elements.Add(new LuaDictListElement((long)(link - _header.Base), valueBytes, entry));
            before = link;
            link = LuaDictForm.Word(element, 8);
        }

        return link == head;
    }
}
