namespace FragGuard.Inspection.Breakdown;

/// <summary>What the allocator of a part says of its inside.</summary>
/// <param name="UsedBytes">In use: live blocks and the allocator's records.</param>
/// <param name="FreeBytes">Resident and free inside; null where the allocator does not know which of its memory is resident.</param>
/// <param name="By">Who told, such as glibc's chunks.</param>
public sealed record PartInside(long UsedBytes, long? FreeBytes, string By);
