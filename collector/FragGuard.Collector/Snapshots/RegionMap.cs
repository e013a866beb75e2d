namespace FragGuard.Collector.Snapshots;

/// <summary>One region of the heap, or one segment where the runtime has no regions.</summary>
/// <param name="Generation">0, 1, 2, 3 for large objects, 4 for pinned ones.</param>
/// <param name="UsedBytes">From its start to the end of its last object.</param>
/// <param name="ReservedBytes">Address space it has; how much of what lies beyond the used part is committed is not told.</param>
/// <param name="FreeBytes">Holes in the used part.</param>
public sealed record RegionMap(
    int Generation, ulong Start, long UsedBytes, long ReservedBytes, long LiveBytes, long FreeBytes, long Objects,
    long LargestHoleBytes);
