namespace FragGuard.Collector.Feeds;

/// <summary>Several measurements of one ratio.</summary>
/// <param name="Median">The middle one.</param>
/// <param name="Low">The lowest.</param>
/// <param name="High">The highest.</param>
public readonly record struct CostSpread(double Median, double Low, double High);
