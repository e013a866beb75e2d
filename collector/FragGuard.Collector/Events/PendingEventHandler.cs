using System;

namespace FragGuard.Collector.Events;

/// <summary>Takes an event once no older one can follow.</summary>
internal delegate void PendingEventHandler(in EventHeader header, ReadOnlySpan<byte> payload);
