using System.Runtime.InteropServices;

namespace FragGuard.Simulation.Traces;

/// <summary>Birth, death or resize of one block or cache entry, at a place in the order of the trace.</summary>
/// <param name="Kind">What is asked.</param>
/// <param name="Id">Block or key identity, unique among live blocks of a trace.</param>
/// <param name="Bytes">Requested bytes of a block, or bytes of a cache entry's value or list element.</param>
/// <param name="KeyBytes">Bytes of the cache entry's key; 0 for blocks.</param>
/// <param name="AlignmentBytes">Requested alignment, a power of two; 0 for the allocator's own.</param>
/// <param name="Traits">What the request says of the block besides its size.</param>
/// <param name="Milliseconds">Time to live of a cache entry (0: none), or the clock of a Time event.</param>
/// <param name="Site">Index into the trace's sites, or −1 when unknown.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AllocationEvent(
    AllocationEventKind Kind,
    long Id,
    long Bytes = 0,
    int KeyBytes = 0,
    int AlignmentBytes = 0,
    BlockTraits Traits = BlockTraits.None,
    long Milliseconds = 0,
    int Site = -1)
{
    /// <summary>Whether the event speaks of cache entries rather than blocks.</summary>
    public bool IsCacheEvent => Kind >= AllocationEventKind.Set;
}
