namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

internal enum PageExtentState : byte
{
    /// <summary>A slab or a large block.</summary>
    Active,

    /// <summary>Free, its pages as they were.</summary>
    Dirty,

    /// <summary>Free, its pages the kernel's to take.</summary>
    Muzzy,

    /// <summary>Free address space without pages.</summary>
    Retained,
}
