namespace FragGuard.Collector.Heaps;

/// <summary>One region of a generation, as the runtime lists it at the start and the end of a GC.</summary>
/// <param name="Generation">0, 1, 2, 3 for large objects, 4 for pinned ones.</param>
/// <param name="UsedBytes">From the start to the end of the last object.</param>
/// <param name="ReservedBytes">Address space of the region.</param>
internal readonly record struct GenerationExtent(int Generation, ulong Start, ulong UsedBytes, ulong ReservedBytes)
{
    public const int LargeObjects = 3;

    public ulong UsedEnd => Start + UsedBytes;

    public bool Holds(ulong address) => address >= Start && address - Start < ReservedBytes;
}
