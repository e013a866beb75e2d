using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// Finds the chunks that are mappings of their own: at the start of one is the chunk's record, marked as mapped and as
/// large as the mapping; from 2.43 on its size is 16 less, and a bit before it tells huge pages. The kernel joins neighbours into one mapping, so the pages of unnamed mappings are looked at one
/// by one until there are as many chunks as glibc counts.
/// </summary>
internal static class MappedChunks
{
    private const ulong IsMapped = 2;
    private const ulong HugePages = 1;
    private const int MostPages = 1 << 20;
    private const int PagesAtOnce = 1 << 15;

    public static IReadOnlyList<MappedChunk> Find(
        IMemorySource memory, IReadOnlyList<MemoryMapping> mappings, Func<ulong, ulong, IReadOnlyList<PageResidence>> residence,
        MallocParameters? parameters, ulong pageBytes)
    {
        List<MappedChunk> found = [];
        int left = MostPages;
        foreach (MemoryMapping mapping in mappings.Where(mapping => mapping is { IsAnonymous: true, IsShared: false, IsWritable: true, IsReadable: true }))
        {
            for (ulong at = mapping.Start; at < mapping.End && left > 0 && parameters is not null && found.Count < parameters.MappedChunks;)
            {
                ulong end = Math.Min(mapping.End, at + (PagesAtOnce * pageBytes));
                IReadOnlyList<PageResidence> pages = residence(at, end);
                ulong first = at;
                while (at < end && left-- > 0)
                {
                    bool isThere = pages[(int)((at - first) / pageBytes)] != PageResidence.Absent;
                    long bytes = isThere ? BytesAt(memory, at, mapping.End, pageBytes) : 0;
                    if (bytes > 0)
                        found.Add(new MappedChunk(at, bytes, ResidentBytes(residence, at, bytes, pageBytes)));
                    at += bytes > 0 ? (ulong)bytes : pageBytes;
                    if (found.Count >= parameters.MappedChunks)
                        break;
                }
            }
        }

        return found;
    }

    private static long BytesAt(IMemorySource memory, ulong at, ulong end, ulong pageBytes)
    {
        Span<byte> record = stackalloc byte[16];
        if (!memory.TryReadAll(at, record))
            return 0;
        ulong before = BitConverter.ToUInt64(record);
        ulong field = BitConverter.ToUInt64(record[8..]);
        ulong size = field & ~ChunkFormat.FlagBits;
        ulong all = size % pageBytes == 0 ? size : size + ChunkFormat.HeaderBytes;
        return before <= HugePages && (field & ChunkFormat.FlagBits) == IsMapped && all >= pageBytes && all % pageBytes == 0 && all <= end - at
            ? (long)all
            : 0;
    }

    private static long ResidentBytes(
        Func<ulong, ulong, IReadOnlyList<PageResidence>> residence, ulong start, long bytes, ulong pageBytes)
    {
        long resident = 0;
        ulong end = start + (ulong)bytes;
        for (ulong at = start; at < end; at += PagesAtOnce * pageBytes)
        {
            resident += residence(at, Math.Min(end, at + (PagesAtOnce * pageBytes)))
                .Count(page => page == PageResidence.Resident) * (long)pageBytes;
        }

        return resident;
    }
}
