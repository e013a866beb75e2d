namespace FragGuard.Collector.Regions;

/// <summary>One region of the GC heap, or one segment where the runtime has no regions.</summary>
/// <param name="Generation">0, 1, 2, 3 for large objects, 4 for pinned ones.</param>
/// <param name="UsedBytes">From its start to the end of its last object.</param>
/// <param name="ReservedBytes">Address space it has, from its start on.</param>
public readonly record struct GcRegion(int Generation, ulong Start, long UsedBytes, long ReservedBytes);
