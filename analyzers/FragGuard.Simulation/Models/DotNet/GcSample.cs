namespace FragGuard.Simulation.Models.DotNet;

/// <summary>The large object heap right after one full GC.</summary>
/// <param name="Index">0-based index of the event in which the GC ran.</param>
/// <param name="SizeBytes">Bytes laid out in regions, gaps and pads included.</param>
/// <param name="FragmentationBytes">The part of them that is gaps and pads.</param>
/// <param name="BudgetBytes">Allocation that the heap grants itself until the next full GC.</param>
/// <param name="Compacted">Whether objects were moved.</param>
public readonly record struct GcSample(
    long Index, long SizeBytes, long FragmentationBytes, long BudgetBytes, bool Compacted)
{
    /// <summary>Share of the heap that holds no live object, 0..1.</summary>
    public double Fragmentation => SizeBytes == 0 ? 0 : (double)FragmentationBytes / SizeBytes;
}
