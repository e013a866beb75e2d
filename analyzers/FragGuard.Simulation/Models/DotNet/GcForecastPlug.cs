namespace FragGuard.Simulation.Models.DotNet;

/// <summary>Adjacent survivors that a GC moves as one.</summary>
/// <param name="Offset">Bytes behind the place of the region's first object.</param>
/// <param name="IsPinned">Whether one of them must stay where it is.</param>
public readonly record struct GcForecastPlug(long Offset, long Bytes, bool IsPinned = false)
{
    /// <summary>Whatever the caller wants to know it by; kept wherever it goes.</summary>
    public long Tag { get; init; }
}
