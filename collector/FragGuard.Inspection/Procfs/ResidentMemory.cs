using System;
using System.Collections.Generic;

namespace FragGuard.Inspection.Procfs;

/// <summary>
/// The pages of a process that are in memory, and only those: reading any other page would bring it in from its file or
/// from swap, and so change what is measured.
/// </summary>
internal sealed class ResidentMemory(IMemorySource memory, Func<ulong, ulong, IReadOnlyList<PageResidence>> residenceOf) : IMemorySource
{
    public static ResidentMemory Of(InspectedProcess process) => new(process.Memory, process.Pages.Of);

    public int Read(ulong address, Span<byte> into)
    {
        if (into.IsEmpty || address > ulong.MaxValue - (ulong)into.Length)
            return 0;
        IReadOnlyList<PageResidence> residence = residenceOf(address, address + (ulong)into.Length);
        int pages = 0;
        while (pages < residence.Count && residence[pages] == PageResidence.Resident)
            pages++;
        if (pages == 0)
            return 0;

        ulong pageBytes = ResidentPages.PageBytes;
        ulong readable = ((address / pageBytes) + (ulong)pages) * pageBytes - address;
        return memory.Read(address, into[..(int)Math.Min(readable, (ulong)into.Length)]);
    }
}
