namespace FragGuard.Collector.Forecasts;

/// <summary>One generation as predicted for the moment right after a GC.</summary>
/// <param name="Generation">0, 1, 2, or 4 for pinned objects.</param>
/// <param name="SizeBytes">From the start to the last object of every region.</param>
/// <param name="FreeBytes">The part of it that holds no live object.</param>
public readonly record struct PredictedGeneration(int Generation, long SizeBytes, long FreeBytes);
