namespace FragGuard.Collector.Pools;

/// <summary>What an ASP.NET Core memory pool told of itself at one moment, in bytes since it was first listened to.</summary>
public readonly record struct MemoryPoolMoment(
    double TimeMs, long PooledBytes, long AllocatedBytes, long EvictedBytes, long RentedBytes);
