namespace FragGuard.Collector.Live;

/// <summary>What one array pool did for one array length since the session began.</summary>
/// <param name="PoolId">Identity of the pool object within the session.</param>
/// <param name="IsShared">Whether the pool is ArrayPool.Shared of some element type.</param>
/// <param name="Length">Array length in elements.</param>
/// <param name="Misses">Rents the pool had no array for.</param>
/// <param name="Drops">Returned arrays it did not keep.</param>
/// <param name="Trims">Arrays it kept and gave up by itself.</param>
/// <param name="IdleAtMost">Most arrays it can keep unused now; null when it may hold some of before the session.</param>
/// <param name="KeepsAtMost">Most arrays it ever keeps, without one for each thread of a shared pool; null when unknown.</param>
public sealed record LivePool(
    int PoolId, bool IsShared, long Length, long Misses, long Drops, long Trims, long? IdleAtMost, long? KeepsAtMost);
