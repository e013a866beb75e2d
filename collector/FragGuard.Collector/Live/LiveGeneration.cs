namespace FragGuard.Collector.Live;

/// <summary>One generation after the last GC, all heaps of the process together.</summary>
/// <param name="Generation">0, 1, 2, 3 for large objects, 4 for pinned ones.</param>
/// <param name="SizeBytes">As the runtime measured it, free space included.</param>
/// <param name="FreeBytes">Free list and free objects, as the runtime measured them.</param>
/// <param name="Holes">Free extents; null when the profile does not tell.</param>
/// <param name="LargestHoleBytes">Largest free extent; null when the profile does not tell.</param>
/// <param name="UnknownRatio">
/// Part of the generation of which nobody said whether it is alive or free, so that its holes are not known; null when the
/// profile does not tell.
/// </param>
public sealed record LiveGeneration(
    int Generation, long SizeBytes, long FreeBytes, long? Holes, long? LargestHoleBytes, double? UnknownRatio)
{
    private static readonly string[] Names = ["gen0", "gen1", "gen2", "loh", "poh"];

    public string Name => Names[Generation];

    public long LiveBytes => SizeBytes - FreeBytes;

    /// <summary>Free / size; 0 when the generation is empty.</summary>
    public double Fragmentation => SizeBytes <= 0 ? 0 : (double)FreeBytes / SizeBytes;
}
