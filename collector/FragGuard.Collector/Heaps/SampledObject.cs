namespace FragGuard.Collector.Heaps;

/// <summary>One object that was drawn when it was born, and is followed until it dies.</summary>
/// <param name="Address">Where it is now.</param>
/// <param name="Bytes">Its own size.</param>
/// <param name="Weight">Allocated bytes it stands for.</param>
/// <param name="IsJudged">Whether a GC of its generation has found it alive.</param>
/// <param name="BornGc">GCs started before its birth.</param>
/// <param name="Generation">Where it was after the last GC: 0 to 4.</param>
internal record struct SampledObject(
    ulong Address, long Bytes, double Weight, int Source, bool IsJudged, double BornMs, int BornGc, int Generation)
{
    /// <summary>Objects it stands for.</summary>
    public readonly double Objects => Bytes <= 0 ? 0 : Weight / Bytes;
}
