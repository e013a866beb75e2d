using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Nginx;

/// <summary>The entries of a shared dictionary, by size and time.</summary>
public sealed class LuaDictContent
{
    private readonly long[] _offsets;
    private readonly long[] _bytes;

    internal LuaDictContent(LuaDictForm form, IReadOnlyList<LuaDictRecord> entries, IReadOnlyList<LuaDictListElement> elements)
    {
        Form = form;
        Entries = entries;
        Elements = elements;
        _offsets = new long[entries.Count + elements.Count];
        _bytes = new long[_offsets.Length];
        for (int i = 0; i < entries.Count; i++)
            (_offsets[i], _bytes[i]) = (entries[i].OffsetBytes, form.BytesOf(entries[i]));
        for (int i = 0; i < elements.Count; i++)
            (_offsets[entries.Count + i], _bytes[entries.Count + i]) = (elements[i].OffsetBytes, LuaDictForm.ElementBytes + (long)elements[i].ValueBytes);
        EntryBytes = _bytes.Sum();
        Array.Sort(_offsets, _bytes);
    }

    /// <summary>Milliseconds since 1970 when it was read.</summary>
    public required long ReadAt { get; init; }

    /// <summary>The most recently used entry first.</summary>
    public IReadOnlyList<LuaDictRecord> Entries { get; }

    public IReadOnlyList<LuaDictListElement> Elements { get; }

    /// <summary>The order of use was followed to its end. If not, entries are missing.</summary>
    public required bool IsWhole { get; init; }

    /// <summary>It was not followed to its end because there are more entries than are read.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Bytes asked for to hold all entries and list elements.</summary>
    public long EntryBytes { get; }

    /// <summary>Bytes of the slots and blocks that hold them.</summary>
    public required long GrantedBytes { get; init; }

    /// <summary>Bytes of an entry besides its key and value: 68 from ngx_lua 0.10.7 on, 76 before.</summary>
    public int EntryOverheadBytes => Form.EntryBytes;

    internal LuaDictForm Form { get; }

    public bool IsExpired(LuaDictRecord entry) => entry.ExpiresAt != 0 && entry.ExpiresAt <= ReadAt;

    /// <summary>Bytes asked for at an offset of the zone; 0 when no entry or element starts there.</summary>
    internal long RequestedBytesAt(long offsetBytes)
    {
        int found = Array.BinarySearch(_offsets, offsetBytes);
        return found < 0 ? 0 : _bytes[found];
    }

    /// <summary>Bytes asked for to hold an entry; of a list, without its elements.</summary>
    public long BytesOf(LuaDictRecord entry) => Form.BytesOf(entry);
}
