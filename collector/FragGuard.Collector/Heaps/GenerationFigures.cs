namespace FragGuard.Collector.Heaps;

/// <summary>
/// One generation right after a GC, put together from the regions and survivors that GCs listed: all heaps of the process.
/// Live + free + unknown bytes equal the size.
/// </summary>
/// <param name="Generation">0, 1, 2, 3 for large objects, 4 for pinned ones.</param>
/// <param name="Regions">Regions it has, empty ones too.</param>
/// <param name="SizeBytes">From the start to the last object of every region.</param>
/// <param name="LiveBytes">Objects a GC found alive when it last collected their generation.</param>
/// <param name="FreeBytes">All the rest, including the pads before large objects.</param>
/// <param name="UnknownBytes">
/// Handed out since the generation was last collected, or before the recording began: live or not, nobody said.
/// </param>
/// <param name="Holes">Free extents, pads left out.</param>
/// <param name="LargestHoleBytes">Largest free extent, pads left out.</param>
public readonly record struct GenerationFigures(
    int Generation,
    int Regions,
    long SizeBytes,
    long LiveBytes,
    long FreeBytes,
    long UnknownBytes,
    long Holes,
    long LargestHoleBytes)
{
    /// <summary>Free / size; 0 when the generation is empty.</summary>
    public double Fragmentation => SizeBytes <= 0 ? 0 : (double)FreeBytes / SizeBytes;

    /// <summary>Unknown / size; 0 when the generation is empty.</summary>
    public double UnknownRatio => SizeBytes <= 0 ? 0 : (double)UnknownBytes / SizeBytes;
}
