using System;

namespace FragGuard.Collector.Events;

/// <summary>A file that is no recording at all. A recording that merely ends early is read, and says so.</summary>
public sealed class RecordingFormatException(string message, Exception? inner = null) : Exception(message, inner);
