namespace FragGuard.Inspection.Breakdown;

/// <summary>All pieces of one kind, recognised in one way.</summary>
/// <param name="Pieces">Mappings, or parts of them.</param>
/// <param name="ReservedBytes">Address space.</param>
/// <param name="AccessibleBytes">Of it, what may be touched: the rest is kept for growth or as a guard.</param>
/// <param name="ResidentBytes">In memory. The parts of a process add up to its resident bytes, to the byte.</param>
/// <param name="SwappedBytes">In swap.</param>
/// <param name="ProportionalBytes">
/// Resident, each page divided by the number of processes that map it; of a mapping that parts divide, by their resident bytes.
/// </param>
/// <param name="LazyFreeBytes">Resident, but already freed: the kernel takes it when memory gets short.</param>
/// <param name="How">How it was recognised.</param>
public sealed record MemoryPart(
    PartKind Kind, int Pieces, long ReservedBytes, long AccessibleBytes, long ResidentBytes, long SwappedBytes, long ProportionalBytes,
    long LazyFreeBytes, Certainty Certainty, string How)
{
    /// <summary>Null when its allocator cannot be read; of several rows of one kind the largest has it for all.</summary>
    public PartInside? Inside { get; init; }
}
