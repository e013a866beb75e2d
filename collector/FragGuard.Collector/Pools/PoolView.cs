namespace FragGuard.Collector.Pools;

/// <summary>How much of the life of its pools a recording shows.</summary>
/// <param name="IsWhole">Whether it began with the process and lost no event: nothing was pooled before.</param>
/// <param name="Processors">Processors of the recorded machine; 0 when unknown.</param>
/// <param name="PointerBytes">Bytes of a pointer in the recorded process.</param>
/// <param name="Settings">Of ArrayPool.Shared in the recorded process.</param>
internal sealed record PoolView(bool IsWhole, int Processors, int PointerBytes, SharedPoolSettings Settings);
