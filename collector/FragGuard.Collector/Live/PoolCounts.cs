namespace FragGuard.Collector.Live;

/// <summary>What array pools did.</summary>
/// <param name="MissesPooled">Arrays made to fill a pool's own slots.</param>
/// <param name="MissesOverMaximumSize">Arrays made because the pool never keeps that length.</param>
/// <param name="MissesExhausted">Arrays made because the pool had none left.</param>
/// <param name="DropsFull">Arrays given to the GC because the pool was full.</param>
/// <param name="DropsOverMaximumSize">Arrays given to the GC because the pool never keeps that length.</param>
/// <param name="Trims">Arrays pools gave to the GC by themselves.</param>
public readonly record struct PoolCounts(
    long MissesPooled, long MissesOverMaximumSize, long MissesExhausted, long DropsFull, long DropsOverMaximumSize, long Trims)
{
    public long Misses => MissesPooled + MissesOverMaximumSize + MissesExhausted;

    public long Drops => DropsFull + DropsOverMaximumSize;
}
