using System;
using System.Collections;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// All pages of a zone in the order of addresses. nginx's records of them are as long as ours and are read to where ours will be,
/// with what stands before them in the zone: so the records of millions of pages are held once.
/// </summary>
internal sealed class ZonePageList : IEnumerable<ZonePage>
{
    private readonly ZonePage[] _room;
    private readonly int _first;
    private readonly int _headBytes;

    /// <param name="headBytes">Bytes of the zone before the first page's record.</param>
    /// <param name="count">Pages.</param>
    public ZonePageList(int headBytes, int count)
    {
        _headBytes = headBytes;
        _first = (headBytes + SlabHeaderForm.DescriptorBytes - 1) / SlabHeaderForm.DescriptorBytes;
        _room = new ZonePage[_first + count];
    }

    public int Count => _room.Length - _first;

    public ref ZonePage this[int page] => ref _room.AsSpan(_first)[page];

    /// <summary>Room for the bytes of the zone up to the last page's record.</summary>
    public Span<byte> ZoneBytes =>
        MemoryMarshal.AsBytes(_room.AsSpan())[((_first * SlabHeaderForm.DescriptorBytes) - _headBytes)..];

    /// <summary>Room for nginx's records of the pages from one on; those of a page are gone once it was set.</summary>
    public Span<byte> RecordsFrom(int page) => ZoneBytes[(_headBytes + (page * SlabHeaderForm.DescriptorBytes))..];

    /// <summary>Nothing is known of the pages from one on.</summary>
    public void ClearFrom(int page) => _room.AsSpan(_first + page).Clear();

    public IEnumerator<ZonePage> GetEnumerator()
    {
        for (int i = _first; i < _room.Length; i++)
            yield return _room[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
