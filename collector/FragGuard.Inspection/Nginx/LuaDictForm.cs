using System.Buffers.Binary;
using System.Collections.Generic;
using System;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Where the fields of a shared dictionary's entry are, in bytes from its start (<c>ngx_http_lua_shdict.h</c> of
/// openresty/lua-nginx-module): behind the four words of a tree node, of which the last one is shared.
/// </summary>
/// <param name="EntryBytes">Bytes of an entry besides its key and value.</param>
/// <param name="Links">The links of the order of use: previous, next.</param>
internal sealed record LuaDictForm(int EntryBytes, int Links, int Expires, int ValueType, int ValueBytes)
{
    /// <summary>Bytes of the dictionary's own record.</summary>
    public const int RecordBytes = 80;

    /// <summary>Links of the order of use in the dictionary's own record.</summary>
    public const int RecordLinks = 64;

    /// <summary>Bytes of a list element besides its value: links, length, type.</summary>
    public const int ElementBytes = 21;

    public const int ElementValueBytes = 16;

    private const int LinksBytes = 16;
    private const int KeyBytesAt = 34;

    /// <summary>Not known before all links are.</summary>
    private const int NoPlace = -1;

    /// <summary>ngx_lua 0.10.7 and later, then 0.10.0 to 0.10.6.</summary>
    public static IReadOnlyList<LuaDictForm> All { get; } =
    [
        new(EntryBytes: 68, Links: 48, Expires: 40, ValueType: 33, ValueBytes: 36),
        new(EntryBytes: 76, Links: 40, Expires: 56, ValueType: 64, ValueBytes: 68),
    ];

    public static ulong Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[offset..]);

    public static uint HalfWord(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);

    public static bool IsKnown(LuaDictType type) => type
        is LuaDictType.Nil or LuaDictType.Boolean or LuaDictType.Number or LuaDictType.Text or LuaDictType.List;

    /// <param name="entry">Its first bytes.</param>
    /// <param name="slot">Number of its slot.</param>
    public LuaDictRecord Parse(ReadOnlySpan<byte> entry, int slot) => new(
        slot,
        NoPlace,
        Word(entry, Expires) > long.MaxValue ? long.MaxValue : (long)Word(entry, Expires),
        HalfWord(entry, ValueBytes),
        BinaryPrimitives.ReadUInt16LittleEndian(entry[KeyBytesAt..]),
        (LuaDictType)entry[ValueType]);

    /// <summary>Bytes asked for to hold an entry; of a list, without its elements.</summary>
    public long BytesOf(LuaDictRecord entry) => entry.Type == LuaDictType.List
        ? ElementsAt(entry) + LinksBytes
        : EntryBytes + entry.KeyBytes + (long)entry.ValueBytes;

    /// <summary>Offset of the links of a list's elements in its entry.</summary>
    public int ElementsAt(LuaDictRecord list) => (EntryBytes + list.KeyBytes + 7) / 8 * 8;
}
