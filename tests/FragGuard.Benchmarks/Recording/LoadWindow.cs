namespace FragGuard.Benchmarks.Recording;

/// <summary>What the load did between two of its ticks.</summary>
/// <param name="Operations">How many.</param>
/// <param name="ElapsedMs">By the clock.</param>
/// <param name="UsedMs">Of processor time, GCs and the threads that send events included.</param>
internal readonly record struct LoadWindow(long Operations, long ElapsedMs, long UsedMs)
{
    public double PerSecond => 1e3 * Operations / ElapsedMs;

    public double PerCpuSecond => 1e3 * Operations / UsedMs;
}
