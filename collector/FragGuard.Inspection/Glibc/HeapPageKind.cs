namespace FragGuard.Inspection.Glibc;

/// <summary>What an OS page of a heap is to who wants memory back.</summary>
public enum HeapPageKind
{
    /// <summary>Holds live bytes, and is in memory or in swap.</summary>
    Live,

    /// <summary>Belongs to a live block that was not written to yet, or not since it was given back.</summary>
    LiveUntouched,

    /// <summary>No live byte, but in memory or in swap: free chunks.</summary>
    Free,

    /// <summary>The same, and some of it is in a fastbin or a thread's cache.</summary>
    Cached,

    /// <summary>The same, of the arena's free end alone.</summary>
    Top,

    /// <summary>No live byte, and not in memory: never used, or given back.</summary>
    Returned,

    /// <summary>The kernel did not say where it is.</summary>
    Unknown,
}
