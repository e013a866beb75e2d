using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Allocators;
using FragGuard.Inspection.Glibc;

namespace FragGuard.Inspection.Breakdown.Recognition;

/// <summary>All that is recognised in an address space beyond what maps says, the surest first.</summary>
internal static class Recognisers
{
    /// <summary>Adds to claims that come from elsewhere.</summary>
    public static void Claim(ClaimMap claims, AddressSpace space, IReadOnlyList<ulong> stackPointers, GlibcSnapshot? glibc)
    {
        claims.Add(ProgramVariables.Find(space));
        claims.Add(ThreadStacks.Find(space, stackPointers));
        IReadOnlyList<NamedAllocator> allocators = LoadedAllocators.In(space.Mappings);
        bool hasGlibc = allocators.Any(static one => one.Name is LoadedAllocators.Glibc);
        if (hasGlibc)
            claims.Add(GlibcHeaps.Arenas(space));
        if (glibc is not null)
            claims.Add(GlibcInsides.ClaimsOf(glibc, space));
        if (LuaJitMemory.IsLoaded(space.Mappings))
            claims.Add(LuaJitMemory.Find(space));
        if (DotNetReserve.IsLoaded(space.Mappings))
            claims.Add(DotNetReserve.Find(space, claims));
        if (hasGlibc && allocators.All(static one => one.Name is LoadedAllocators.Glibc))
            claims.Add(GlibcHeaps.LargeBlocks(space, claims));
    }
}
