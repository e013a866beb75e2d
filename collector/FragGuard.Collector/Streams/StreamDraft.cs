namespace FragGuard.Collector.Streams;

/// <summary>Counts of the streams of one tag that one stack creates, while events still come in.</summary>
internal sealed class StreamDraft
{
    public long Created { get; set; }

    public long Disposed { get; set; }

    public long Finalized { get; set; }

    public long Outstanding { get; set; }
}
