namespace FragGuard.Collector.Live;

/// <summary>What a process allocates of one type, over the window of the look.</summary>
/// <param name="Type">Name of the type.</param>
/// <param name="BytesPerSecond">Estimate.</param>
/// <param name="Share">Part of all allocated bytes, 0..1.</param>
/// <param name="Samples">Objects drawn, or ticks.</param>
/// <param name="ErrorRatio">Half of the 95 % interval, relative to the estimate; null when nobody knows.</param>
public sealed record AllocatedType(string Type, double BytesPerSecond, double Share, long Samples, double? ErrorRatio);
