namespace FragGuard.Collector.Events;

/// <summary>What all events of one kind share.</summary>
/// <param name="Handler">Null when nobody wants them.</param>
internal sealed record EventKind(string Provider, int Id, int Version, RecordedEventHandler? Handler)
{
    /// <summary>Any kind that nobody wants.</summary>
    public static EventKind Unwanted { get; } = new("", 0, 0, Handler: null);
}
