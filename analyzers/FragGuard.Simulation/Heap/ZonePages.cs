namespace FragGuard.Simulation.Heap;

/// <summary>Page accounting of a zone that is cut into fixed pages.</summary>
/// <param name="Bytes">Size of the zone, its header included.</param>
/// <param name="PageBytes">Size of one zone page.</param>
/// <param name="Pages">Pages that can hold blocks.</param>
/// <param name="FreePages">Whole pages that are free.</param>
/// <param name="LargestFreeRunPages">Longest run of adjacent free pages.</param>
public readonly record struct ZonePages(long Bytes, long PageBytes, long Pages, long FreePages, long LargestFreeRunPages)
{
    public long FreePageBytes => FreePages * PageBytes;
}
