namespace FragGuard.Simulation.Heap;

/// <summary>What the bytes of an extent serve at the moment of a snapshot.</summary>
public enum ExtentUse
{
    /// <summary>Holds a live block.</summary>
    Used,

    /// <summary>Free and usable in place for a later request.</summary>
    Free,

    /// <summary>Free and given back to the system: committed no longer.</summary>
    Released,

    /// <summary>The allocator's own records, pads and reserved slots.</summary>
    Metadata,
}
