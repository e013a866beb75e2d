using System;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Live;

/// <summary>What to watch.</summary>
/// <param name="Profile">What to enable in the target.</param>
public sealed record LiveOptions(TraceProfile Profile)
{
    /// <summary>Buffer in the target, in MiB. It counts as the target's memory.</summary>
    public int BufferMegabytes { get; init; } = 64;

    /// <summary>A .nettrace file that takes all that arrives; an existing one is overwritten. Null: nothing is written.</summary>
    public string? OutputFile { get; init; }

    /// <summary>The recording ends once the disk it goes to has less than this free; 0: no limit.</summary>
    public long MinFreeBytes { get; init; } = 100 << 20;

    /// <summary>The session ends after this long; null: no limit.</summary>
    public TimeSpan? MaxDuration { get; init; }

    /// <summary>How long the target may take to begin the session, and to end it, before it is taken for silent.</summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(20);
}
