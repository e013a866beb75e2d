namespace FragGuard.Collector.Pools;

/// <summary>Most arrays of one length that a pool keeps while nobody uses them.</summary>
/// <param name="Arrays">
/// Null when the recording does not tell. Of a shared pool without the one array that each thread may keep besides.
/// </param>
/// <param name="IsExact">False when it is only the most that was seen: a created pool's own limit is not recorded.</param>
/// <param name="PlusOnePerThread">Whether each thread that returned one may keep another.</param>
public sealed record PoolBound(long? Arrays, bool IsExact, bool PlusOnePerThread)
{
    public static PoolBound Unknown { get; } = new(null, IsExact: false, PlusOnePerThread: false);
}
