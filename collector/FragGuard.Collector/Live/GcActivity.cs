namespace FragGuard.Collector.Live;

/// <summary>GCs of some time.</summary>
/// <param name="Gen0">GCs that collected generation 0 only.</param>
/// <param name="Gen1">GCs that collected generations 0 and 1.</param>
/// <param name="Gen2">Full GCs, background ones among them.</param>
/// <param name="PauseMs">How long the program stood still for them.</param>
/// <param name="LongestPauseMs">Longest time it stood still for one of them, all its phases together.</param>
public readonly record struct GcActivity(long Gen0, long Gen1, long Gen2, double PauseMs, double LongestPauseMs)
{
    public long Count => Gen0 + Gen1 + Gen2;

    internal GcActivity With(int generation, double pauseMs) => new(
        Gen0 + (generation <= 0 ? 1 : 0),
        Gen1 + (generation == 1 ? 1 : 0),
        Gen2 + (generation >= 2 ? 1 : 0),
        PauseMs + pauseMs,
        System.Math.Max(LongestPauseMs, pauseMs));
}
