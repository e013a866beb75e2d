namespace FragGuard.Collector.Events;

/// <summary>An event that waits until no older one can follow.</summary>
internal readonly record struct PendingEvent(
    long Ticks, EventKind Kind, long Thread, byte[] Block, int Offset, int Bytes, StackBytes Stack);
