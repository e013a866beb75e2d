namespace FragGuard.Collector.Heaps;

/// <summary>One region of a generation, as the runtime lists it at the start and the end of a GC.</summary>
/// <param name="Generation">0, 1, 2, 3 for large objects, 4 for pinned ones.</param>
/// <param name="UsedBytes">From the start to the end of the last object.</param>
/// <param name="ReservedBytes">Address space of the region.</param>
internal readonly record struct GenerationExtent(int Generation, ulong Start, ulong UsedBytes, ulong ReservedBytes)
{
    public const int LargeObjects = 3;
    public const int PinnedObjects = 4;

    /// <summary>No address is larger; what claims to be comes from a damaged stream.</summary>
    public const ulong MaxBytes = 1UL << 48;

    // A million of them still add up to a number.
    private const ulong MaxRegionBytes = 1UL << 42;

    public ulong UsedEnd => Start + UsedBytes;

    /// <summary>Whether its numbers can be those of a region.</summary>
    public bool IsPossible => Generation is >= 0 and < GcLog.Generations
        && Start < MaxBytes && UsedBytes < MaxRegionBytes && ReservedBytes < MaxRegionBytes;

    public bool Holds(ulong address) => address >= Start && address - Start < ReservedBytes;
}
