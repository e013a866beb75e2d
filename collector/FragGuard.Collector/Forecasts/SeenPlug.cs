namespace FragGuard.Collector.Forecasts;

/// <summary>A run of survivors as a GC found it.</summary>
/// <param name="Start">Where it was.</param>
/// <param name="NewStart">Where it went.</param>
/// <param name="IsPinned">Whether a pinned object is in it.</param>
internal readonly record struct SeenPlug(ulong Start, ulong NewStart, ulong Bytes, bool IsPinned = false)
{
    public ulong End => Start + Bytes;
}
