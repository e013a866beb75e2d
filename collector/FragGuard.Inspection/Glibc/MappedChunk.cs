namespace FragGuard.Inspection.Glibc;

/// <summary>A chunk that is a mapping of its own, because it is large.</summary>
/// <param name="Start">Address of the mapping.</param>
/// <param name="Bytes">All of it.</param>
/// <param name="ResidentBytes">What of it is in memory.</param>
public readonly record struct MappedChunk(ulong Start, long Bytes, long ResidentBytes);
