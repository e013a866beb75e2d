using System;

namespace FragGuard.Collector.Snapshots;

/// <summary>There is no snapshot to show. The message is fit to be shown as it is.</summary>
public sealed class SnapshotException(string message, Exception? inner = null) : Exception(message, inner);
