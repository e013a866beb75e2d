namespace FragGuard.Collector.Snapshots;

/// <summary>Free space between live objects.</summary>
/// <param name="Address">Of its first byte.</param>
/// <param name="Generation">0, 1, 2, 3 for large objects, 4 for pinned ones.</param>
/// <param name="Before">Type of the object in front of it; null at the start of a region.</param>
/// <param name="After">Type of the object behind it; null at the end of the used part of a region.</param>
public sealed record Hole(ulong Address, long Bytes, int Generation, string? Before, string? After);
