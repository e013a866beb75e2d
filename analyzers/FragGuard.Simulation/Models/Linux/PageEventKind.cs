namespace FragGuard.Simulation.Models.Linux;

/// <summary>What a recorded event of the kernel's page allocator says of a block of pages.</summary>
public enum PageEventKind : byte
{
    /// <summary>Left the free lists of its own migrate type (kmem:mm_page_alloc_zone_locked).</summary>
    Taken,

    /// <summary>Left the free lists of another migrate type (kmem:mm_page_alloc_extfrag).</summary>
    TakenFromOtherType,

    /// <summary>Came back to the free lists from a per-CPU list (kmem:mm_page_pcpu_drain).</summary>
    Drained,

    /// <summary>Was freed by its owner, to a per-CPU list or to the free lists (kmem:mm_page_free).</summary>
    Freed,

    /// <summary>Was handed to its owner, and so had left the free lists before (kmem:mm_page_alloc).</summary>
    Allocated,

    /// <summary>Some free pages of a range were taken as targets of compaction (compaction:mm_compaction_isolate_freepages).</summary>
    Isolated,

    /// <summary>A text written to the trace by the one who records.</summary>
    Mark,

    /// <summary>Events that are missing here because they did not fit.</summary>
    Lost,
}
