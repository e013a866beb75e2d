namespace FragGuard.Collector.Sessions;

/// <summary>A finished recording.</summary>
/// <param name="File">The .nettrace file.</param>
/// <param name="End">Why it ended.</param>
/// <param name="Figures">The last live figures.</param>
/// <param name="TargetExitCode">Exit code of a launched target that ended; null otherwise.</param>
public sealed record Recording(string File, RecordingEnd End, LiveFigures Figures, int? TargetExitCode);
