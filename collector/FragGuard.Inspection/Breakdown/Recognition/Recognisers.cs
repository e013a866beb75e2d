using System.Collections.Generic;
using FragGuard.Inspection.Procfs;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>All that is recognised in an address space beyond what maps says, the surest first.</summary>
internal static class Recognisers
{
    /// <summary>Adds to claims that come from elsewhere.</summary>
    public static void Claim(ClaimMap claims, InspectedProcess process, IReadOnlyList<MemoryMapping> mappings)
    {
        AddressSpace space = AddressSpace.Of(process, mappings);
        claims.Add(ProgramVariables.Find(space));
        claims.Add(ThreadStacks.Find(space, ThreadPointers.Read(process.ProcessId)));
        bool hasGlibc = Allocators.HasGlibc(mappings);
        if (hasGlibc)
            claims.Add(GlibcHeaps.Arenas(space));
        if (LuaJitMemory.IsLoaded(mappings))
            claims.Add(LuaJitMemory.Find(space));
        if (DotNetReserve.IsLoaded(mappings))
            claims.Add(DotNetReserve.Find(space, claims));
        if (hasGlibc && Allocators.OthersOf(mappings).Count == 0)
            claims.Add(GlibcHeaps.LargeBlocks(space, claims));
    }
}
