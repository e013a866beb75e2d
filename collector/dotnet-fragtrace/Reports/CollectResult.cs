namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>collect --json</c> prints.</summary>
/// <param name="Bytes">Size of the recording.</param>
/// <param name="Events">Events that the live analysis saw.</param>
/// <param name="End">
/// Why the recording ended: Stopped, TargetExited, MaxBytesReached, MaxDurationReached or DiskNearlyFull.
/// </param>
/// <param name="ExitCode">Exit code of a launched command that ended; null otherwise.</param>
public sealed record CollectResult(
    string Schema, string File, long Bytes, long Events, long EventsLost, double DurationMs, string End, int? ExitCode)
{
    public const string CurrentSchema = "fragguard.collect/1";
}
