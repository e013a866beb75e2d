using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Tests.Glibc;

/// <summary>
/// Data at low addresses of which every word is an address and a small number at once, so that an arena's record may begin at
/// any of them; and each such record's next one begins 16 bytes behind it.
/// </summary>
internal sealed class EndlessRecords : IMemorySource
{
    private const ulong Start = 0x10000;
    private const ulong End = 0x3f0000;
    private const ulong NextAt = 2160;

    public static IReadOnlyList<MemoryMapping> Mappings { get; } = [new MemoryMapping(Start, End, "rw-p", 0, 1, "/usr/lib/libc.so.6")];

    /// <summary>Nothing is known of any page.</summary>
    public static IReadOnlyList<PageResidence> Residence(ulong start, ulong end) =>
        new PageResidence[end <= start ? 0 : ((end - 1) / 4096) - (start / 4096) + 1];

    public long Reads { get; private set; }

    public int Read(ulong address, Span<byte> into)
    {
        Reads++;
        if (address < Start || address >= End)
            return 0;
        into = into[..(int)Math.Min((ulong)into.Length, End - address)];
        for (int at = 0; at + 8 <= into.Length; at += 8)
            BinaryPrimitives.WriteUInt64LittleEndian(into[at..], Math.Max(0x4000, (address + (ulong)at - NextAt + 16) / 16 * 16));
        return into.Length;
    }
}
