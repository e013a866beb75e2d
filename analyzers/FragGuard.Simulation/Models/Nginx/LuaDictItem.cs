using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>A stored entry as it is seen from outside.</summary>
/// <param name="Key">Identity of its key.</param>
/// <param name="OffsetBytes">Offset of its block in the zone; of a list, that of its header.</param>
/// <param name="ValueBytes">Bytes of its value; 0 for a list.</param>
/// <param name="TimeToLive">Milliseconds until it expires, negative once expired; null when it never does.</param>
/// <param name="Elements">The elements of a list from head to tail; null for any other value.</param>
public readonly record struct LuaDictItem(
    long Key, long OffsetBytes, long ValueBytes, long? TimeToLive, IReadOnlyList<LuaDictElement>? Elements);
