using System;

namespace FragGuard.Simulation.Traces;

/// <summary>What a request says of the block besides its size.</summary>
[Flags]
public enum BlockTraits : byte
{
    None = 0,

    /// <summary>Zeroed memory is requested (calloc).</summary>
    Zeroed = 1,

    /// <summary>The object goes to the heap of pinned objects.</summary>
    Pinned = 2,

    /// <summary>The kernel may move the page: user memory, page cache.</summary>
    Movable = 4,

    /// <summary>The kernel may drop the page: shrinkable caches.</summary>
    Reclaimable = 8,
}
