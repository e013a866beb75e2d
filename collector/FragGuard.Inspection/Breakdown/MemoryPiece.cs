namespace FragGuard.Inspection.Breakdown;

/// <summary>A mapping or a part of one, with its share of the mapping's amounts.</summary>
internal sealed record MemoryPiece(
    MemoryClaim Claim, long AccessibleBytes, long ResidentBytes, long SwappedBytes, long ProportionalBytes, long LazyFreeBytes);
