namespace FragGuard.Simulation.Models.DotNet;

/// <summary>One generation or heap right after a GC.</summary>
/// <param name="SizeBytes">Bytes laid out in its regions, gaps and pads included.</param>
/// <param name="FragmentationBytes">The part of them that is gaps and pads.</param>
public readonly record struct GcGenerationSize(long SizeBytes, long FragmentationBytes);
