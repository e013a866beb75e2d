namespace FragGuard.Collector.Events;

/// <summary>Events of one thread that follow each other in a block and in time; each is decoded when its turn comes.</summary>
internal struct EventRun
{
    public EventBlock Block;

    /// <summary>Header of the next event.</summary>
    public EventHeader Header;

    /// <summary>Offset of its payload.</summary>
    public int Payload;

    /// <summary>Offset of the header after it.</summary>
    public int Next;

    /// <summary>Events still to come, the next one included.</summary>
    public int Left;
}
