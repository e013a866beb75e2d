using System;
using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// The pages of a process that hold something of its own, in memory or in swap. All others read as zeros and are not asked for:
/// reading them would make the kernel map them into the target. malloc's records are written, so none is missing here.
/// </summary>
/// <param name="memory">The process.</param>
/// <param name="residence">One entry for each page from the first address to the second.</param>
/// <param name="pageBytes">Bytes of an OS page.</param>
internal sealed class TouchedMemory(
    IMemorySource memory, Func<ulong, ulong, IReadOnlyList<PageResidence>> residence, ulong pageBytes) : IMemorySource
{
    /// <summary>All bytes, zeros where nothing can be read; none beyond the end of all addresses.</summary>
    public int Read(ulong address, Span<byte> into)
    {
        if (into.IsEmpty || address > ulong.MaxValue - (ulong)into.Length)
            return 0;
        Fill(memory, address, into, residence(address, address + (ulong)into.Length), 0, pageBytes);
        return into.Length;
    }

    /// <summary>Reads the bytes from an address on, zeros where nothing is or can be read.</summary>
    /// <param name="memory">The process.</param>
    /// <param name="address">Of the first byte.</param>
    /// <param name="into">Takes the bytes.</param>
    /// <param name="pages">Where pages are.</param>
    /// <param name="page">Which of them holds the first byte.</param>
    /// <param name="pageBytes">Bytes of an OS page.</param>
    public static void Fill(
        IMemorySource memory, ulong address, Span<byte> into, IReadOnlyList<PageResidence> pages, int page, ulong pageBytes)
    {
        int next = (int)(pageBytes - (address % pageBytes));
        for (int at = 0; at < into.Length;)
        {
            int first = at;
            bool isThere = IsThere(pages, page);
            while (at < into.Length && IsThere(pages, page) == isThere)
            {
                at = next;
                next += (int)pageBytes;
                page++;
            }

            Span<byte> alike = into[first..Math.Min(at, into.Length)];
            int read = isThere ? memory.Read(address + (ulong)first, alike) : 0;
            alike[read..].Clear();
        }
    }

    private static bool IsThere(IReadOnlyList<PageResidence> pages, int page) => page < pages.Count && pages[page] != PageResidence.Absent;
}
