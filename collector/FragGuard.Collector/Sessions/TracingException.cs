using System;

namespace FragGuard.Collector.Sessions;

/// <summary>A recording broke off. What was recorded until then is kept in <see cref="RecordingFile"/>.</summary>
public sealed class TracingException(string message, string recordingFile, Exception? inner = null)
    : Exception(message, inner)
{
    public string RecordingFile { get; } = recordingFile;
}
