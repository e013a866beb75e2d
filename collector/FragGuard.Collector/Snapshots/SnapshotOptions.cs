using System;

namespace FragGuard.Collector.Snapshots;

/// <summary>How a snapshot of a running process is taken.</summary>
public sealed record SnapshotOptions
{
    public SnapshotLimits Limits { get; init; } = new();

    /// <summary>
    /// Buffer in the target, in MiB, and part of its memory while it is used. Runtimes before .NET 11 fill it during the
    /// GC and send it afterwards: it must hold the whole snapshot, about 60 bytes for each object.
    /// </summary>
    public int BufferMegabytes { get; init; } = 1024;

    /// <summary>How long the process may be silent: while the GC runs nothing comes.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Where the raw stream is kept as a recording; null: nowhere.</summary>
    public string? OutputFile { get; init; }
}
