namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>How one class of caches lies on the heap.</summary>
internal interface ICacheShape
{
    CacheKind Kind { get; }

    bool IsOf(HeapType type);

    /// <summary>Counts the entries of one instance.</summary>
    void Read(ObjectGraph graph, int instance, CacheTally tally);
}
