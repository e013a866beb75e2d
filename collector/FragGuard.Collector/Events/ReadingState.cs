using System;

namespace FragGuard.Collector.Events;

/// <summary>How far the reading of a recording is, and what the recording says of itself. Changes while it is read.</summary>
internal sealed class ReadingState
{
    /// <summary>Events read so far, whether anybody wanted them or not.</summary>
    public long Events { get; set; }

    /// <summary>Events the target could not store, known so far.</summary>
    public long EventsLost { get; set; }

    /// <summary>Time of the latest event, since the recording started.</summary>
    public double LastMs { get; set; }

    /// <summary>When the recording started; the default where it does not say.</summary>
    public DateTime StartedUtc { get; set; }

    /// <summary>0 where the recording does not say.</summary>
    public int ProcessId { get; set; }

    /// <summary>Processors the runtime saw; 0 where the recording does not say.</summary>
    public int Processors { get; set; }

    /// <summary>Whether the recording has no end mark, or a part that makes no sense: everything before it was read.</summary>
    public bool IsTruncated { get; set; }
}
