namespace FragGuard.Collector.Caches;

/// <summary>What a cache held at one moment.</summary>
public readonly record struct CacheMoment(double TimeMs, long LiveEntries, long LiveBytes);
