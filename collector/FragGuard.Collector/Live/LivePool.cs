using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Live;

/// <summary>What one array pool did for one array length since the session began.</summary>
/// <param name="PoolId">Identity of the pool object within the session.</param>
/// <param name="Kind">Whether the pool is ArrayPool.Shared of some element type; its misses alone do not tell.</param>
/// <param name="Length">Array length in elements.</param>
/// <param name="Misses">Rents the pool had no array for.</param>
/// <param name="Drops">Returned arrays it did not keep.</param>
/// <param name="Trims">Arrays it kept and gave up by itself.</param>
/// <param name="IdleAtMost">Most arrays it can keep unused now; null when it may hold some of before the session.</param>
/// <param name="KeepsAtMost">Most arrays it ever keeps, without one for each thread of a shared pool; null when unknown.</param>
public sealed record LivePool(
    int PoolId, PoolKind Kind, long Length, long Misses, long Drops, long Trims, long? IdleAtMost, long? KeepsAtMost);
