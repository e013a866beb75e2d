using System;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Sessions;

/// <summary>What to record, and where to.</summary>
/// <param name="OutputFile">The .nettrace file; an existing one is overwritten.</param>
/// <param name="Profile">What to enable in the target.</param>
public sealed record RecordingOptions(string OutputFile, TraceProfile Profile)
{
    /// <summary>Buffer in the target, in MiB. It counts as the target's memory.</summary>
    public int BufferMegabytes { get; init; } = 256;

    /// <summary>
    /// Whether threads of the target shall wait while the buffer is full. Runtimes before .NET 11 cannot: events are
    /// lost and counted there.
    /// </summary>
    public bool WantsLossless { get; init; }

    /// <summary>The recording stops cleanly once it is this large; null: no limit.</summary>
    public long? MaxBytes { get; init; }

    /// <summary>The recording stops cleanly after this long; null: no limit.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>The recording stops cleanly once the disk it goes to has less than this free; 0: no limit.</summary>
    public long MinFreeBytes { get; init; } = 100 << 20;

    /// <summary>
    /// How long the target may stay silent when it is asked for a session, and when it is asked to stop, before the recording
    /// ends without it.
    /// </summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(20);
}
