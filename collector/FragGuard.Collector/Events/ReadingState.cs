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

    /// <summary>Events that name a stack the recording does not have where it should.</summary>
    public long StacksMissing { get; set; }

    /// <summary>Whether the stacks of the recording are handed out with its events.</summary>
    public bool HasStacks { get; set; } = true;

    /// <summary>What ended the reading before the end mark, or stands behind it, and where; null when nothing does.</summary>
    public string? Damage { get; set; }
}
