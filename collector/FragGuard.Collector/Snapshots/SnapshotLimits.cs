namespace FragGuard.Collector.Snapshots;

/// <summary>How large a heap is taken into a snapshot. An object costs about 70 bytes of our memory, a reference about 15.</summary>
public sealed record SnapshotLimits
{
    private const int ReferencesOfAnObject = 6;

    /// <summary>A snapshot with more objects is refused.</summary>
    public int MaxObjects { get; init; } = 10_000_000;

    /// <summary>With more references the objects are mapped, and no cache is looked for.</summary>
    public long MaxReferences => (long)MaxObjects * ReferencesOfAnObject;
}
