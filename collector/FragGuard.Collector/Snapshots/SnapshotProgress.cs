namespace FragGuard.Collector.Snapshots;

/// <summary>How far a snapshot is.</summary>
/// <param name="ReceivedBytes">Bytes of the event stream.</param>
/// <param name="Objects">Objects read.</param>
/// <param name="IsReceived">Whether the process goes on and only our own work is left.</param>
public readonly record struct SnapshotProgress(long ReceivedBytes, int Objects, bool IsReceived);
