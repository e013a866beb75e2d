using System.Collections.Generic;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// Everything one <c>run</c> or <c>report</c> found, as <c>--json</c> prints it (camelCase, bytes as integers, ratios 0..1,
/// times in milliseconds since the recording started). Additions keep <see cref="Schema"/>; a changed meaning raises it.
/// </summary>
public sealed record RunReport
{
    public const string CurrentSchema = "fragguard.run/1";

    public string Schema { get; init; } = CurrentSchema;

    public required RunTarget Target { get; init; }

    public required TraceQuality Quality { get; init; }

    public required HeapSummary Heap { get; init; }

    public required IReadOnlyList<ReportedFinding> Findings { get; init; }

    /// <summary>How well the findings foretold the run; null in reports of older tools, and without findings.</summary>
    public PredictionSummary? Predictions { get; init; }

    /// <summary>Generations, holes, what stands beside them, pins and lifetimes; null in reports of older tools.</summary>
    public HeapDetail? HeapDetail { get; init; }

    public IReadOnlyList<CacheRow> Caches { get; init; } = [];

    public IReadOnlyList<PoolRow> Pools { get; init; } = [];

    /// <summary>Recyclable memory streams; null when none told of itself.</summary>
    public StreamReport? Streams { get; init; }

    /// <summary>Memory pools of ASP.NET Core, by owner.</summary>
    public IReadOnlyList<MemoryPoolRow> MemoryPools { get; init; } = [];

    /// <summary>The recorded large-object trace replayed through the model, beside what the runtime measured.</summary>
    public ReplaySummary? Replay { get; init; }

    /// <summary>Why there is no <see cref="Replay"/>, in one sentence; null when the large objects are known well enough.</summary>
    public string? Gap { get; init; }

    /// <summary>The recorded large-object workload with each remedy.</summary>
    public IReadOnlyList<WhatIfRow> WhatIf { get; init; } = [];

    public IReadOnlyList<HeapMoment> Timeline { get; init; } = [];

    /// <summary>The large-object heap at the moment it wasted most.</summary>
    public HeapMap? WorstMoment { get; init; }

    /// <summary>Blocks and holes of the large-object heap at that moment.</summary>
    public IReadOnlyList<SizeBucket> SizeDistribution { get; init; } = [];

    /// <summary>Layouts over the run, one track for each generation that is known; empty in reports of older tools.</summary>
    public IReadOnlyList<HeapTrack> Tracks { get; init; } = [];

    /// <summary>Who holds memory open, most held bytes first; empty where the recording names no sites.</summary>
    public IReadOnlyList<HolderRow> Holders { get; init; } = [];

    /// <summary>Who allocated how much, by call stack; null where the recording has no allocations.</summary>
    public AllocationReport? Allocations { get; init; }
}

/// <summary>The process that was watched.</summary>
/// <param name="ExitCode">The target's own exit code; null when it outlived the recording or was not ours.</param>
public sealed record RunTarget(
    string? Project, string Command, int ProcessId, string Runtime, double DurationMs, int? ExitCode);

/// <summary>How far the recording can be trusted.</summary>
/// <param name="LostRatio">Lost events / all events.</param>
/// <param name="UnknownLifetimeRatio">Share of recorded large-object bytes whose death or survival was never seen.</param>
/// <param name="Truncated">Whether the recording is damaged, ends without its end mark or goes on behind it.</param>
public sealed record TraceQuality(
    long EventsRead, long EventsLost, double LostRatio, double UnknownLifetimeRatio, bool Truncated, string RecordingFile)
{
    /// <summary>What is wrong with the recording, and where, to follow "the recording"; null when it is whole.</summary>
    public string? Damage { get; init; }

    /// <summary>What was left out to read the recording in bounded memory, or because its format hides it: a sentence each.</summary>
    public IReadOnlyList<string> Omissions { get; init; } = [];
}

/// <summary>The GC heap as the runtime's own events measured it.</summary>
/// <param name="PeakHeapBytes">Most bytes of all generations together right after a GC, free space included.</param>
/// <param name="LohPeakBytes">Most bytes of the large-object heap right after a GC, free space included.</param>
/// <param name="LohMeanBytes">Mean of the large-object heap's size right after full GCs of the steady state.</param>
/// <param name="LohLiveBytes">Mean of its live bytes right after full GCs of the steady state.</param>
/// <param name="LohFragmentation">Free / size of the large-object heap right after full GCs, mean over the steady state.</param>
/// <param name="SteadyStateGcs">Full GCs that the means are taken over; with none of them, the means are 0 and say nothing.</param>
public sealed record HeapSummary(
    int Gcs,
    int FullGcs,
    int SteadyStateGcs,
    long PeakHeapBytes,
    long MeanHeapBytes,
    long LiveBytes,
    long LohPeakBytes,
    long LohMeanBytes,
    long LohLiveBytes,
    double LohFragmentation,
    double TotalPauseMs,
    double MaxPauseMs)
{
    /// <summary>Each generation in the steady state; empty without one, and in reports of older tools.</summary>
    public IReadOnlyList<GenerationSummary> Generations { get; init; } = [];
}

/// <summary>One generation right after full GCs, means over the steady state.</summary>
/// <param name="Name">gen0, gen1, gen2, loh or poh.</param>
/// <param name="MeanBytes">Size, free space included.</param>
/// <param name="Fragmentation">Free / size.</param>
public sealed record GenerationSummary(string Name, long MeanBytes, long MeanFreeBytes, double Fragmentation);

/// <summary>One finding of the build, held against the run.</summary>
/// <param name="Verdict">confirmed, refuted, notExercised or unknown.</param>
/// <param name="Reason">Why, with the numbers, in one sentence.</param>
/// <param name="Predicted">What the simulator predicted at compile time; empty when the rule predicts nothing.</param>
/// <param name="Measured">The same quantities as the run measured them.</param>
/// <param name="Excerpt">Source lines around the finding, first one at <paramref name="ExcerptStartLine"/>.</param>
public sealed record ReportedFinding(
    string Rule,
    string Severity,
    string Message,
    string File,
    int Line,
    string Verdict,
    string Reason,
    IReadOnlyDictionary<string, double> Predicted,
    IReadOnlyDictionary<string, double> Measured,
    IReadOnlyList<string> Excerpt,
    int ExcerptStartLine,
    string? HelpUri)
{
    /// <summary>How often the run went through the code; null when it cannot tell.</summary>
    public long? Exercised { get; init; }

    /// <summary>What was both predicted and measured, with both error bars.</summary>
    public IReadOnlyList<PredictedQuantity> Compared { get; init; } = [];
}

/// <summary>What one instrumented cache did.</summary>
public sealed record CacheRow(
    string Name, long Stored, long Removed, long LiveEntries, long PeakLiveBytes, long MinEntryBytes, long MaxEntryBytes);

/// <summary>The recorded trace through a model.</summary>
public sealed record ReplaySummary(
    string Model, long Operations, double SimulatedLohFragmentation, double MeasuredLohFragmentation,
    long SimulatedLohBytes, long MeasuredLohBytes, string Fidelity);

/// <summary>One remedy tried on the workload.</summary>
/// <param name="HeapBytes">Mean heap in the steady state.</param>
/// <param name="HeapChange">HeapBytes relative to the cache as written, minus 1.</param>
public sealed record WhatIfRow(string Remedy, string Advice, long HeapBytes, double Waste, double HeapChange, bool IsBest);

/// <summary>Bytes per generation right after one GC.</summary>
public sealed record HeapMoment(
    double TimeMs, int Gc, int Generation, long Gen0Bytes, long Gen1Bytes, long Gen2Bytes, long LohBytes, long PohBytes,
    long LohFreeBytes)
{
    /// <summary>blocking, background or foreground; null in reports of older tools.</summary>
    public string? Kind { get; init; }

    /// <summary>How long the program stood still for it; null in reports of older tools.</summary>
    public double? PauseMs { get; init; }
}

/// <summary>Where the bytes of a heap were at one moment.</summary>
/// <param name="TimeMs">Since the recording started; no number where there is only one moment.</param>
/// <param name="Measured">Whether the runtime reported it, rather than the simulator.</param>
public sealed record HeapMap(string Title, double TimeMs, bool Measured, long Bytes, IReadOnlyList<MapExtent> Extents);

/// <param name="Use">used, free, released, metadata, or unknown: handed out since anybody looked.</param>
public sealed record MapExtent(long Start, long Bytes, string Use, string? Site);

/// <summary>Blocks whose size lies in [MinBytes, MaxBytes).</summary>
public sealed record SizeBucket(long MinBytes, long MaxBytes, long UsedCount, long UsedBytes, long FreeCount, long FreeBytes);
