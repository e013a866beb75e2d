namespace FragGuard.Collector.Heaps;

/// <summary>Why a heap was kept.</summary>
public enum HeapMomentKind
{
    /// <summary>
    /// Most free bytes in generation 2 and the large- and pinned-object heaps together. The young generations are left out:
    /// their free space is handed out right after the GC.
    /// </summary>
    Worst,

    /// <summary>After the last GC.</summary>
    Last,

    /// <summary>Most free bytes in one generation.</summary>
    WorstOfGeneration,
}
