using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Glibc;

/// <summary>One arena: the main one, in the program's break, or one for threads, in heaps of its own.</summary>
/// <param name="Address">Of its record.</param>
/// <param name="AttachedThreads">Threads that allocate from it.</param>
/// <param name="SystemBytes">What it holds from the system, by its own count.</param>
/// <param name="Heaps">In address order.</param>
/// <param name="IsConsistent">
/// Whether the chunks met in the heaps are those in the arena's lists and all bytes are accounted for: nothing changed
/// while it was read. When false it is torn.
/// </param>
public sealed record ArenaSnapshot(
    ulong Address, bool IsMain, long AttachedThreads, long SystemBytes, IReadOnlyList<HeapSnapshot> Heaps, bool IsConsistent)
{
    public ChunkCounts Counts { get; } = Heaps.Aggregate(default(ChunkCounts), (sum, heap) => sum + heap.Counts);

    public ResidentSplit Resident { get; } = Heaps.Aggregate(default(ResidentSplit), (sum, heap) => sum + heap.Resident);
}
