namespace FragGuard.Collector.Snapshots;

/// <summary>Sums over the regions of one generation.</summary>
internal sealed class GenerationCount
{
    public int Regions { get; set; }

    public long Objects { get; set; }

    public long SizeBytes { get; set; }

    public long ReservedBytes { get; set; }

    public long LiveBytes { get; set; }

    public long FreeBytes { get; set; }

    public long PadBytes { get; set; }

    public long LargestHoleBytes { get; set; }

    /// <summary>Holes by the logarithm of their size.</summary>
    public long[] HolesBySize { get; } = new long[64];

    /// <summary>Bytes of those holes.</summary>
    public long[] BytesBySize { get; } = new long[64];
}
