using System;
using System.Threading;

namespace FragGuard.Collector.Recordings;

/// <summary>Reads a .nettrace file.</summary>
public static class RecordingReader
{
    /// <exception cref="RecordingFormatException">The file is no recording.</exception>
    /// <exception cref="System.IO.IOException">The file cannot be read.</exception>
    public static RecordedRun Read(string file, CancellationToken cancellation = default) =>
        throw new NotSupportedException();
}
