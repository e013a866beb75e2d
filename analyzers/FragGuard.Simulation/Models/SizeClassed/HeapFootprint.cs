namespace FragGuard.Simulation.Models.SizeClassed;

/// <summary>What a heap of size classes holds from the system, in bytes.</summary>
/// <param name="CommittedBytes">C.</param>
/// <param name="ResidentBytes">R.</param>
/// <param name="MetadataBytes">The part of C that can hold no block.</param>
/// <param name="FreePageBytes">The part of C that is whole free pages.</param>
internal readonly record struct HeapFootprint(
    long CommittedBytes, long ResidentBytes, long MetadataBytes, long FreePageBytes);
