namespace FragGuard.Collector.Heaps;

/// <summary>One region of a generation.</summary>
/// <param name="Address">First byte of its first object.</param>
/// <param name="UsedBytes">To the end of its last object.</param>
/// <param name="ReservedBytes">Address space; what of it is committed the recording does not say.</param>
public readonly record struct RegionLayout(
    ulong Address, long UsedBytes, long ReservedBytes, long LiveBytes, long FreeBytes, long UnknownBytes, long LargestHoleBytes);
