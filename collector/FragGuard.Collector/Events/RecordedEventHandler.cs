namespace FragGuard.Collector.Events;

/// <summary>Takes one event while it is read.</summary>
internal delegate void RecordedEventHandler(in RecordedEvent recorded);
