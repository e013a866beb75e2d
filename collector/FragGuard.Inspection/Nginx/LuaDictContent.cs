using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Nginx;

/// <summary>The entries of a shared dictionary, by size and time.</summary>
public sealed class LuaDictContent
{
    private readonly Lazy<(long[] Offsets, long[] Bytes)> _elementsByOffset;

    /// <param name="form">Where the fields of entries are.</param>
    /// <param name="records">Its entries.</param>
    /// <param name="elements">Elements of lists among them.</param>
    internal LuaDictContent(LuaDictForm form, LuaDictRecords records, IReadOnlyList<LuaDictListElement> elements)
    {
        Form = form;
        Records = records;
        Entries = new LuaDictEntries(records);
        Elements = elements;
        _elementsByOffset = new(ElementsByOffset);
    }

    /// <summary>Milliseconds since 1970 when it was read.</summary>
    public required long ReadAt { get; init; }

    /// <summary>
    /// The most recently used entry first. In the order of addresses, <see cref="Records"/>, they are found faster and without
    /// another number for each.
    /// </summary>
    public IReadOnlyList<LuaDictRecord> Entries { get; }

    /// <summary>The entries in the order of their addresses.</summary>
    public LuaDictRecords Records { get; }

    public IReadOnlyList<LuaDictListElement> Elements { get; }

    /// <summary>Links lead through all entries and list elements. If not, some may be missing.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>There are more entries or list elements than are read.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Entries whose place in the order of use is not known: the dictionary went on while it was read.</summary>
    public required int Unordered { get; init; }

    /// <summary>Bytes asked for to hold all entries and list elements.</summary>
    public required long EntryBytes { get; init; }

    /// <summary>Of the keys; 0 without entries.</summary>
    public required long MedianKeyBytes { get; init; }

    /// <summary>Bytes of the slots and blocks that hold them.</summary>
    public required long GrantedBytes { get; init; }

    /// <summary>Bytes of an entry besides its key and value: 68 from ngx_lua 0.10.7 on, 76 before.</summary>
    public int EntryOverheadBytes => Form.EntryBytes;

    internal LuaDictForm Form { get; }

    public bool IsExpired(LuaDictRecord entry) => entry.ExpiresAt != 0 && entry.ExpiresAt <= ReadAt;

    /// <summary>Bytes asked for to hold an entry; of a list, without its elements.</summary>
    public long BytesOf(LuaDictRecord entry) => Form.BytesOf(entry);

    /// <summary>Bytes asked for at a place in a dictionary that was read whole; 0 when no entry or element starts there.</summary>
    /// <param name="address">The place in the process.</param>
    /// <param name="offsetBytes">Its offset in the zone.</param>
    internal long RequestedBytesAt(ulong address, long offsetBytes)
    {
        if (Records.At(address) is { } entry)
            return Form.BytesOf(entry);
        (long[] offsets, long[] bytes) = _elementsByOffset.Value;
        int element = Array.BinarySearch(offsets, offsetBytes);
        return element < 0 ? 0 : bytes[element];
    }

    private (long[] Offsets, long[] Bytes) ElementsByOffset()
    {
        long[] offsets = [.. Elements.Select(element => element.OffsetBytes)];
        long[] bytes = [.. Elements.Select(BytesOf)];
        Array.Sort(offsets, bytes);
        return (offsets, bytes);
    }

    private static long BytesOf(LuaDictListElement element) => LuaDictForm.ElementBytes + (long)element.ValueBytes;
}
