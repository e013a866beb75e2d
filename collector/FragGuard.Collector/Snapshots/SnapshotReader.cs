using System.IO;
using System.Threading;
using FragGuard.Collector.Events;

namespace FragGuard.Collector.Snapshots;

/// <summary>Reads the snapshot that a recording holds: ours, or one with the runtime's GCHeapSnapshot keywords.</summary>
public static class SnapshotReader
{
    /// <exception cref="RecordingFormatException">The file is no recording.</exception>
    /// <exception cref="SnapshotException">The recording holds no snapshot, or one that is too large.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static ObjectSnapshot Read(string file, SnapshotLimits limits, CancellationToken cancellation = default)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        SnapshotStream snapshot = new(limits);
        snapshot.Read(stream, cancellation);
        return snapshot.Build();
    }
}
