namespace FragGuard.FragTrace.Live;

/// <summary>Names of what <c>--otlp</c> exports; collector/docs/metrics.md describes them.</summary>
internal static class MetricNames
{
    public const string Meter = "FragGuard";

    // Semantic conventions for .NET CLR metrics, stable.
    public const string HeapSize = "dotnet.gc.last_collection.heap.size";
    public const string FragmentationSize = "dotnet.gc.last_collection.heap.fragmentation.size";
    public const string Collections = "dotnet.gc.collections";
    public const string PauseTime = "dotnet.gc.pause.time";
    public const string Generation = "dotnet.gc.heap.generation";

    public const string Holes = "fragguard.heap.holes";
    public const string LargestHole = "fragguard.heap.largest_hole";
    public const string UnknownSize = "fragguard.heap.unknown.size";
    public const string Allocated = "fragguard.heap.allocated";
    public const string PoolMisses = "fragguard.pool.misses";
    public const string PoolDrops = "fragguard.pool.drops";
    public const string PoolTrims = "fragguard.pool.trims";
    public const string EventsRead = "fragguard.session.events_read";
    public const string EventsLost = "fragguard.session.events_lost";
    public const string Reason = "fragguard.pool.reason";
}
