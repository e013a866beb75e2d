using System;
using System.Text;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Nginx;

/// <summary>
/// Kind and name of a zone, from the text that its owner lets nginx append to messages about it, such as
/// <c> in limit_req zone "one"</c>. Taken only when it lies in the zone and has that form.
/// </summary>
/// <param name="Kind">Such as <c>limit_req zone</c>; empty when the zone says nothing of itself.</param>
/// <param name="Name">As configured, cut after 64 characters; empty when the zone says nothing of itself.</param>
public sealed record ZoneLabel(string Kind, string Name)
{
    /// <summary>What ngx_lua calls its shared dictionaries.</summary>
    public const string LuaDict = "lua_shared_dict zone";

    private const int MostBytes = 256;
    private const int MostKindCharacters = 40;
    private const int MostNameCharacters = 64;

    public static ZoneLabel None { get; } = new("", "");

    internal static ZoneLabel Read(IMemorySource memory, SlabHeader header)
    {
        if (header.PageOf(header.LogContext) < 0)
            return None;
        Span<byte> bytes = stackalloc byte[(int)Math.Min(MostBytes, header.End - header.LogContext)];
        return Parse(bytes[..memory.Read(header.LogContext, bytes)]);
    }

    /// <summary>A blank, "in", a kind, the name in quotes, a zero byte.</summary>
    internal static ZoneLabel Parse(ReadOnlySpan<byte> bytes)
    {
        int end = bytes.IndexOf((byte)0);
        if (end < 0 || !bytes.StartsWith(" in "u8) || bytes[end - 1] != '"')
            return None;
        ReadOnlySpan<byte> text = bytes[4..(end - 1)];
        int quote = text.IndexOf(" \""u8);
        if (quote < 1 || quote > MostKindCharacters || text[..quote].ContainsAnyExceptInRange((byte)' ', (byte)'~'))
            return None;
        string name = Encoding.UTF8.GetString(text[(quote + 2)..]);
        return new ZoneLabel(
            Encoding.ASCII.GetString(text[..quote]),
            name.Length <= MostNameCharacters ? name : name[..MostNameCharacters] + "…");
    }
}
