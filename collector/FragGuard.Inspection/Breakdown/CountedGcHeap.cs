using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Breakdown;

/// <summary>
/// Divides a GC heap whose regions are not known by the amount of objects in it that the runtime's counters tell. Which pages
/// are which is not known; that there are so many is. Objects are taken to be in memory before the rest, so their resident bytes are
/// at most that.
/// </summary>
public static class CountedGcHeap
{
    private const string ByCounter = "the runtime's own counter of objects, an amount without places; so many are in memory at most";
    private const string ByRest = "the rest of the GC heap by the runtime's own counter";

    /// <summary>Regions come and go after the GC at whose end they were counted.</summary>
    private const long RegionBytes = 4 << 20;

    private const double AgreedShare = 0.05;

    /// <summary>The same parts, the GC heap among them as objects and the rest; they add up as before.</summary>
    /// <param name="parts">All parts.</param>
    /// <param name="heapBytes">Objects now.</param>
    /// <param name="committedBytes">
    /// Held from the system at the end of the last GC; null when not known. Where it agrees with what is accessible, the heap was
    /// recognised right.
    /// </param>
    public static IReadOnlyList<MemoryPart> Divide(IReadOnlyList<MemoryPart> parts, long heapBytes, long? committedBytes)
    {
        if (parts.Where(static part => part.Kind == PartKind.GcHeap).ToArray() is not [MemoryPart heap] || heapBytes <= 0)
            return parts;
        Certainty certainty = committedBytes is { } committed
            && Math.Abs(heap.AccessibleBytes - committed) <= RegionBytes + (AgreedShare * committed)
            ? Certainty.Certain
            : heap.Certainty;
        long accessible = Math.Min(heapBytes, heap.AccessibleBytes);
        long resident = Math.Min(heapBytes, heap.ResidentBytes);
        MemoryPart objects = heap with
        {
            ReservedBytes = Math.Min(heapBytes, heap.ReservedBytes),
            AccessibleBytes = accessible,
            ResidentBytes = resident,
            SwappedBytes = Math.Min(Portion.Of(heap.SwappedBytes, accessible, heap.AccessibleBytes), accessible - resident),
            ProportionalBytes = Portion.Of(heap.ProportionalBytes, resident, heap.ResidentBytes),
            LazyFreeBytes = 0,
            Certainty = certainty,
            How = ByCounter,
        };
        MemoryPart rest = heap with
        {
            Kind = PartKind.GcUnused,
            ReservedBytes = heap.ReservedBytes - objects.ReservedBytes,
            AccessibleBytes = heap.AccessibleBytes - objects.AccessibleBytes,
            ResidentBytes = heap.ResidentBytes - objects.ResidentBytes,
            SwappedBytes = heap.SwappedBytes - objects.SwappedBytes,
            ProportionalBytes = heap.ProportionalBytes - objects.ProportionalBytes,
            Certainty = certainty,
            How = ByRest,
        };
        return
        [
            .. parts.Where(part => part != heap).Concat([objects, rest])
                .OrderByDescending(static part => part.ResidentBytes)
                .ThenByDescending(static part => part.ReservedBytes)
                .ThenBy(static part => part.Kind),
        ];
    }
}
