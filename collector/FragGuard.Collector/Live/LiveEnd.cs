using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Live;

/// <summary>How the watching of a process came to its end.</summary>
/// <param name="End">Why.</param>
/// <param name="Damage">What was wrong with the events that arrived; null when nothing was.</param>
/// <param name="RecordingProblem">Why the recording beside the view broke off; null when it did not, or none was asked for.</param>
/// <param name="TargetExitCode">Exit code of a launched target that ended by itself; null otherwise.</param>
public sealed record LiveEnd(RecordingEnd End, string? Damage, string? RecordingProblem, int? TargetExitCode);
