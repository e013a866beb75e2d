namespace FragGuard.Inspection.Glibc;

/// <summary>Where a heap is, and how it is read.</summary>
internal readonly record struct HeapInMemory(HeapRegion Region, HeapMemory Memory);
