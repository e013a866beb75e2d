namespace FragGuard.Simulation.Heap;

/// <summary>The sums of a heap that a model keeps current after every event, all in bytes.</summary>
/// <param name="LiveRequestedBytes">L: bytes the program asked for and still holds.</param>
/// <param name="GrantedBytes">A: bytes the allocator set aside for them, rounding and headers included.</param>
/// <param name="CommittedBytes">C: bytes the allocator holds from the system.</param>
/// <param name="ResidentBytes">R: committed bytes that occupy physical memory.</param>
/// <param name="FreeBytes">F: bytes free and usable in place.</param>
/// <param name="FreePageBytes">The part of F that is whole free zone pages; equals F where there are no pages.</param>
public readonly record struct HeapCounters(
    long LiveRequestedBytes,
    long GrantedBytes,
    long CommittedBytes,
    long ResidentBytes,
    long FreeBytes,
    long FreePageBytes);
