namespace FragGuard.Inspection.Kernel;

/// <summary>Which of the kernel's files a text is.</summary>
public enum KernelTextKind
{
    /// <summary>/proc/buddyinfo: free blocks per order and zone.</summary>
    BuddyInfo,

    /// <summary>/proc/pagetypeinfo: the same per migrate type. Its owner, root, only may read it.</summary>
    PageTypeInfo,

    /// <summary>/proc/zoneinfo: extent and watermarks of every zone.</summary>
    ZoneInfo,

    /// <summary>/proc/slabinfo: objects and pages of every slab cache. Its owner, root, only may read it.</summary>
    SlabInfo,

    /// <summary>/proc/meminfo: where the machine's memory is.</summary>
    MemoryInfo,

    /// <summary>/proc/vmstat: counters since boot.</summary>
    Counters,

    /// <summary>/sys/kernel/debug/extfrag/unusable_index, where debugfs is mounted.</summary>
    UnusableIndex,

    /// <summary>/sys/kernel/debug/extfrag/extfrag_index, where debugfs is mounted.</summary>
    ExternalIndex,

    /// <summary>/sys/kernel/mm/transparent_hugepage/enabled.</summary>
    HugePagesEnabled,

    /// <summary>/sys/kernel/mm/transparent_hugepage/defrag.</summary>
    HugePagesDefrag,
}
