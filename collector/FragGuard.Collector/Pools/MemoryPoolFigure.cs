namespace FragGuard.Collector.Pools;

/// <summary>The instruments of the meter Microsoft.AspNetCore.MemoryPool.</summary>
internal enum MemoryPoolFigure
{
    Pooled,
    Allocated,
    Evicted,
    Rented,
}
