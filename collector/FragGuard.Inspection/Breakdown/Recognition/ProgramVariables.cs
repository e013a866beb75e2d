using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>
/// Zeroed variables of programs and libraries: the part of a loaded segment that is behind the end of its file, which the
/// kernel maps as memory of no file (elf(5), p_memsz beyond p_filesz).
/// </summary>
internal static class ProgramVariables
{
    private const int HeaderBytes = 64;
    private const int SegmentBytes = 56;
    private const int MostSegments = 64;
    private const uint Load = 1;
    private const ulong LargestAddress = 1UL << 47;

    public static IReadOnlyList<MemoryClaim> Find(AddressSpace space)
    {
        List<MemoryClaim> claims = [];
        foreach (MemoryMapping image in space.Mappings.Where(static one => one is { Offset: 0, IsReadable: true, IsShared: false } && one.Inode != 0))
            claims.AddRange(Of(space.Memory, image.Start).Select(claim => Mapped(space, claim)).OfType<MemoryClaim>());
        return claims;
    }

    /// <summary>What of it one mapping of no file holds; null when none does.</summary>
    private static MemoryClaim? Mapped(AddressSpace space, MemoryClaim claim)
    {
        int index = space.IndexOf(claim.Start);
        if (index < 0 || space.Mappings[index] is not { Inode: 0, IsShared: false } mapping)
            return null;
        return claim with { End = Math.Min(claim.End, mapping.End) };
    }

    private static IEnumerable<MemoryClaim> Of(IMemorySource memory, ulong image)
    {
        byte[] header = new byte[HeaderBytes];
        if (!memory.TryReadAll(image, header) || ElfIdentity.From(header) is not { Is64Bit: true, IsLittleEndian: true })
            yield break;
        ulong segmentsAt = BinaryPrimitives.ReadUInt64LittleEndian(header.AsSpan(32));
        ushort entryBytes = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(54));
        ushort count = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(56));
        if (segmentsAt > ResidentPages.PageBytes || entryBytes != SegmentBytes || count is 0 or > MostSegments)
            yield break;
        byte[] segments = new byte[count * SegmentBytes];
        if (!memory.TryReadAll(image + segmentsAt, segments))
            yield break;

        ulong? bias = null;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> segment = segments.AsSpan(i * SegmentBytes, SegmentBytes);
            if (BinaryPrimitives.ReadUInt32LittleEndian(segment) != Load)
                continue;
            ulong address = BinaryPrimitives.ReadUInt64LittleEndian(segment[16..]);
            ulong fileBytes = BinaryPrimitives.ReadUInt64LittleEndian(segment[32..]);
            ulong memoryBytes = BinaryPrimitives.ReadUInt64LittleEndian(segment[40..]);
            if (address > LargestAddress || fileBytes > memoryBytes || memoryBytes > LargestAddress)
                yield break;
            bias ??= image - PageOf(address);
            ulong start = PageOf(bias.Value + address + fileBytes + ResidentPages.PageBytes - 1);
            ulong end = PageOf(bias.Value + address + memoryBytes + ResidentPages.PageBytes - 1);
            if (start < end && start > image && end <= LargestAddress)
                yield return new MemoryClaim(start, end, PartKind.ProgramData, Certainty.Certain, "the zeroed end of a program's segment");
        }
    }

    private static ulong PageOf(ulong address) => address / ResidentPages.PageBytes * ResidentPages.PageBytes;
}
