namespace FragGuard.Simulation.Metrics;

/// <summary>The numbers of a whole run, beside those of its final layout.</summary>
/// <param name="PeakLiveBytes">max L, requested live bytes.</param>
/// <param name="PeakCommittedBytes">max C.</param>
/// <param name="OverheadAtPeak">max C / max L − 1 (Johnstone and Wilson's fourth measure); 0 when nothing ever lived.</param>
/// <param name="OverheadMean">Mean over events of (C − L) / L, events with L = 0 left out.</param>
/// <param name="FailedWithSpace">Requests refused while F ≥ their size.</param>
public readonly record struct RunMetrics(
    long PeakLiveBytes,
    long PeakCommittedBytes,
    double OverheadAtPeak,
    double OverheadMean,
    long FailedWithSpace);
