using System;

namespace FragGuard.Collector.Events;

/// <summary>A part of a recording makes no sense; what came before it is good.</summary>
internal sealed class RecordingDamagedException(string message) : Exception(message);
