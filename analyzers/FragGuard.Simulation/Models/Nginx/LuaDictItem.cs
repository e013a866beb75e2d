namespace FragGuard.Simulation.Models.Nginx;

/// <summary>A stored entry as it is seen from outside.</summary>
/// <param name="Key">Identity of its key.</param>
/// <param name="OffsetBytes">Offset of its block in the zone.</param>
/// <param name="ValueBytes">Bytes of its value.</param>
/// <param name="TimeToLive">Milliseconds until it expires, negative once expired; null when it never does.</param>
public readonly record struct LuaDictItem(long Key, long OffsetBytes, long ValueBytes, long? TimeToLive);
