namespace FragGuard.Collector.Pools;

/// <summary>Arrays of one pool and length at one moment.</summary>
/// <param name="Outstanding">Rented since the recording began and not returned.</param>
/// <param name="Idle">
/// Kept by the pool, counted from the recording's beginning: returned and kept, less handed out again and trimmed. Below
/// zero where the pool hands out what it had before.
/// </param>
public readonly record struct PoolMoment(double TimeMs, long Outstanding, long Idle);
