namespace FragGuard.Simulation.Metrics;

/// <summary>The numbers of a layout after one event of a run.</summary>
/// <param name="Index">0-based index of the event.</param>
/// <param name="Metrics">The numbers after it.</param>
public sealed record LayoutSample(long Index, FragmentationMetrics Metrics);
