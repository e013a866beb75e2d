using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>An entry of a real shared dictionary, as it was found in its zone.</summary>
/// <param name="OffsetBytes">Offset of its block in the zone; of a list, that of its header.</param>
/// <param name="KeyBytes">Bytes of its key.</param>
/// <param name="ValueBytes">Bytes of its value; any for a list.</param>
/// <param name="ExpiresAt">Milliseconds since 1970 at which it expires; 0 for never.</param>
/// <param name="Elements">The elements of a list from head to tail; null for any other value.</param>
public readonly record struct RecordedLuaDictEntry(
    long OffsetBytes, int KeyBytes, uint ValueBytes, long ExpiresAt, IReadOnlyList<LuaDictElement>? Elements = null);
