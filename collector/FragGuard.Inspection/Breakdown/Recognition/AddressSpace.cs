using System;
using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>What recognisers look at: mappings of one moment, and the pages that are in memory.</summary>
/// <param name="Mappings">In address order.</param>
/// <param name="Memory">Reads resident pages only.</param>
/// <param name="ResidenceOf">One entry for each page of [start, end).</param>
internal sealed record AddressSpace(
    IReadOnlyList<MemoryMapping> Mappings, IMemorySource Memory, Func<ulong, ulong, IReadOnlyList<PageResidence>> ResidenceOf)
{
    private const int PagesAtOnce = 1 << 14;
    private const int MostNeighbours = 1 << 10;

    /// <summary>256 GiB of 4 KiB pages: a process may map a hundred times more and touch none of it.</summary>
    private long _pagesLeft = 1 << 26;

    public static AddressSpace Of(InspectedProcess process, IReadOnlyList<MemoryMapping> mappings) =>
        new(mappings, ResidentMemory.Of(process), process.Pages.Of) { PresentMemory = process.Memory };

    /// <summary>Reads pages that <see cref="ResidentPagesOf"/> has just named; of others it would bring in any.</summary>
    public IMemorySource PresentMemory { get; private init; } = Memory;

    /// <summary>Private, writable, and of no file: what allocators, stacks and runtimes use. Names the kernel gives itself are left out.</summary>
    public static bool IsPlain(MemoryMapping mapping) =>
        mapping is { IsShared: false, IsWritable: true, IsExecutable: false, IsAnonymous: true };

    /// <summary>Private and without any right: a guard, or space kept for growth.</summary>
    public static bool IsReserve(MemoryMapping mapping) => mapping is
        { IsShared: false, IsReadable: false, IsWritable: false, IsExecutable: false, Inode: 0 };

    /// <summary>Index of the mapping that holds the address; -1 when none does.</summary>
    public int IndexOf(ulong address)
    {
        int low = 0;
        int high = Mappings.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (Mappings[middle].End <= address)
                low = middle + 1;
            else if (Mappings[middle].Start > address)
                high = middle - 1;
            else
                return middle;
        }

        return -1;
    }

    /// <summary>Whether all of [start, end) is plain memory or kept for it.</summary>
    public bool IsPlain(ulong start, ulong end)
    {
        ulong at = start;
        int first = IndexOf(start);
        for (int i = first; i >= 0 && i - first < MostNeighbours && i < Mappings.Count && at < end && Mappings[i].Start <= at; i++)
        {
            if (!IsPlain(Mappings[i]) && !IsReserve(Mappings[i]))
                return false;
            at = Mappings[i].End;
        }

        return at >= end;
    }

    /// <summary>Addresses of the resident pages of [start, end), in order; of an absurd address space only some.</summary>
    public IEnumerable<ulong> ResidentPagesOf(ulong start, ulong end)
    {
        ulong pageBytes = ResidentPages.PageBytes;
        for (ulong at = start; at < end && _pagesLeft > 0;)
        {
            ulong until = Math.Min(end, at + (PagesAtOnce * pageBytes));
            IReadOnlyList<PageResidence> pages = ResidenceOf(at, until);
            for (int i = 0; i < pages.Count; i++)
            {
                if (pages[i] == PageResidence.Resident)
                    yield return at + ((ulong)i * pageBytes);
            }

            _pagesLeft -= pages.Count;
            at = until;
        }
    }
}
