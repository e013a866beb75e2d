namespace FragGuard.Collector.Pools;

/// <summary>What one array pool did for one array length.</summary>
/// <param name="PoolId">Identity of the pool object within the recording.</param>
/// <param name="IsShared">Whether the pool is ArrayPool.Shared of some element type.</param>
/// <param name="Length">Array length in elements; the element type is not recorded.</param>
/// <param name="Rented">Rents; 0 when the profile leaves rents out.</param>
/// <param name="AllocatedPooled">Arrays made to fill the pool's own slots.</param>
/// <param name="AllocatedOverMaximumSize">Arrays made because the pool never keeps that length.</param>
/// <param name="AllocatedPoolExhausted">Arrays made because the pool had none left.</param>
/// <param name="DroppedFull">Arrays given to the GC because the pool was full.</param>
/// <param name="DroppedOverMaximumSize">Arrays given to the GC because the pool never keeps that length.</param>
/// <param name="Trimmed">Arrays the pool gave to the GC by itself.</param>
/// <param name="Outstanding">Rented and not returned when the recording ended.</param>
public sealed record PoolUse(
    int PoolId,
    bool IsShared,
    long Length,
    long Rented,
    long Returned,
    long AllocatedPooled,
    long AllocatedOverMaximumSize,
    long AllocatedPoolExhausted,
    long DroppedFull,
    long DroppedOverMaximumSize,
    long Trimmed,
    long Outstanding)
{
    public long Allocated => AllocatedPooled + AllocatedOverMaximumSize + AllocatedPoolExhausted;

    public long Dropped => DroppedFull + DroppedOverMaximumSize;
}
