using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Follows the order of use of a shared dictionary, from the most recently used entry on. Every entry must start a slot or
/// block in use whose size is the one its lengths ask for, and must point back to the one before: so no link is followed in
/// a circle, and nothing outside the zone is read.
/// </summary>
internal sealed class LuaDictReader
{
    /// <summary>Entries and list elements that are read of one dictionary.</summary>
    public const int MostEntries = 500_000;

    private const int MostHeadBytes = 80;

    private readonly IMemorySource _memory;
    private readonly ZonePageTable _table;
    private readonly SlabHeader _header;
    private readonly List<LuaDictRecord> _entries = [];
    private readonly List<LuaDictListElement> _elements = [];
    private LuaDictForm _form = LuaDictForm.All[0];
    private long _grantedBytes;
    private bool _isCut;

    private LuaDictReader(IMemorySource memory, ZonePageTable table)
    {
        _memory = table.Header.Bytes <= CachedMemory.MostBytes ? new CachedMemory(memory) : memory;
        _table = table;
        _header = table.Header;
    }

    /// <summary>Null when the zone's record is none of a shared dictionary.</summary>
    /// <param name="now">Milliseconds since 1970.</param>
    public static LuaDictContent? TryRead(IMemorySource memory, ZonePageTable table, long now)
    {
        LuaDictReader reader = new(memory, table);
        ulong head = table.Header.Data + LuaDictForm.RecordLinks;
        Span<byte> links = stackalloc byte[16];
        if (table.GrantedAt(table.Header.Data) < LuaDictForm.RecordBytes || !reader._memory.TryReadAll(head, links))
            return null;
        bool isWhole = reader.Follow(head, LuaDictForm.Word(links, 8), LuaDictForm.Word(links, 0));
        return new LuaDictContent(reader._form, reader._entries, reader._elements)
        {
            ReadAt = now,
            IsWhole = isWhole,
            IsCut = reader._isCut,
            GrantedBytes = reader._grantedBytes,
        };
    }

    private bool Follow(ulong head, ulong first, ulong last)
    {
        if (first == head)
            return last == head;
        _form = LuaDictForm.All.FirstOrDefault(form => _table.GrantedAt(first - (ulong)form.Links) > 0) ?? _form;
        Span<byte> bytes = stackalloc byte[MostHeadBytes];
        Span<byte> entry = bytes[.._form.EntryBytes];
        ulong before = head;
        for (ulong link = first; link != head;)
        {
            ulong address = link - (ulong)_form.Links;
            if (_entries.Count + _elements.Count >= MostEntries)
            {
                _isCut = true;
                return false;
            }

            if (_table.GrantedAt(address) < _form.EntryBytes || !_memory.TryReadAll(address, entry)
                || LuaDictForm.Word(entry, _form.Links) != before)
            {
                return false;
            }

            LuaDictRecord record = _form.Parse(entry, (long)(address - _header.Base));
            if (!TryCount(address, _form.BytesOf(record)))
                return false;
            _entries.Add(record);
            if (record.Type == LuaDictType.List && !FollowList(address + (ulong)_form.ElementsAt(record), record.ValueBytes))
                return false;
            before = link;
            link = LuaDictForm.Word(entry, _form.Links + 8);
        }

        return last == before;
    }

    private bool FollowList(ulong head, uint count)
    {
        Span<byte> links = stackalloc byte[16];
        Span<byte> element = stackalloc byte[LuaDictForm.ElementBytes];
        if (!_memory.TryReadAll(head, links))
            return false;
        ulong before = head;
        ulong link = LuaDictForm.Word(links, 8);
        for (uint i = 0; i < count; i++)
        {
            if (_entries.Count + _elements.Count >= MostEntries)
            {
                _isCut = true;
                return false;
            }

            if (_table.GrantedAt(link) == 0 || !_memory.TryReadAll(link, element) || LuaDictForm.Word(element, 0) != before)
                return false;
            uint valueBytes = LuaDictForm.HalfWord(element, LuaDictForm.ElementValueBytes);
            if (!TryCount(link, LuaDictForm.ElementBytes + (long)valueBytes))
                return false;
            _elements.Add(new LuaDictListElement((long)(link - _header.Base), valueBytes, _entries.Count - 1));
            before = link;
            link = LuaDictForm.Word(element, 8);
        }

        return link == head;
    }

    /// <summary>Whether what starts at an address is granted what so many bytes ask for.</summary>
    private bool TryCount(ulong address, long bytes)
    {
        int shift = ZoneSlots.ShiftFor(_header.PageShift, bytes);
        long asked = shift < _header.PageShift
            ? 1L << shift
            : (bytes + _header.PageBytes - 1) >> _header.PageShift << _header.PageShift;
        long granted = _table.GrantedAt(address);
        _grantedBytes += granted;
        return granted == asked;
    }
}
