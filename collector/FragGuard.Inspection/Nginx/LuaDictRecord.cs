namespace FragGuard.Inspection.Nginx;

/// <summary>One entry of a shared dictionary: its place, sizes and time, nothing of its content.</summary>
/// <param name="OffsetBytes">Offset of its block in the zone.</param>
/// <param name="ExpiresAt">Milliseconds since 1970 at which it expires; 0 for never.</param>
/// <param name="ValueBytes">Bytes of its value; of a list the number of its elements.</param>
public readonly record struct LuaDictRecord(long OffsetBytes, long ExpiresAt, uint ValueBytes, ushort KeyBytes, LuaDictType Type);
