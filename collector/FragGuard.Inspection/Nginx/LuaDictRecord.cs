namespace FragGuard.Inspection.Nginx;

/// <summary>One entry of a shared dictionary: its place, sizes and time, nothing of its content.</summary>
/// <param name="Slot">Number of its slot among all that may hold entries, in the order of addresses.</param>
/// <param name="Place">Its place in the order of use, 0 for the most recently used one.</param>
/// <param name="ExpiresAt">Milliseconds since 1970 at which it expires; 0 for never.</param>
/// <param name="ValueBytes">Bytes of its value; of a list the number of its elements.</param>
public readonly record struct LuaDictRecord(int Slot, int Place, long ExpiresAt, uint ValueBytes, ushort KeyBytes, LuaDictType Type);
