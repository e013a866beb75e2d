using System.Collections.Generic;
using System.Text.Json.Serialization;
using FragGuard.Simulation.Advice;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// What <c>simulate --json</c> prints for one model (camelCase, bytes as integers, ratios 0..1). Additions keep
/// <see cref="Schema"/>; a changed meaning raises it.
/// </summary>
/// <param name="Operations">Events played.</param>
/// <param name="Refused">Requests answered with no memory.</param>
/// <param name="Evicted">Live entries the cache removed to make room.</param>
/// <param name="Stored">Blocks or entries that live in the final layout.</param>
/// <param name="SizeClasses">Smallest first; empty where the allocator has none.</param>
/// <param name="Zone">Page accounting; null where the allocator has no pages.</param>
/// <param name="Sites">What the blocks of each site hold of the final layout; most trapped bytes first.</param>
/// <param name="Peak">The layout with the most committed bytes among those of the series; null when nothing was played.</param>
/// <param name="Series">The heap over the run, at most 64 moments of it.</param>
/// <param name="Fidelity">What of the model is exact and what is approximated.</param>
/// <param name="Counting">What the model's live, granted, committed, resident and free bytes are.</param>
public sealed record SimulationReport(
    string Model,
    long Operations,
    long Refused,
    long Evicted,
    long Stored,
    AnswerCounts Answers,
    SimulationMetrics Metrics,
    IReadOnlyList<SizeClassRow> SizeClasses,
    ZoneRow? Zone,
    IReadOnlyList<SiteRow> Sites,
    PeakRow? Peak,
    IReadOnlyList<SeriesRow> Series,
    string Fidelity,
    string Counting)
{
    public const string CurrentSchema = "fragguard.simulation/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = CurrentSchema;

    /// <summary>Where the bytes were; null when nothing was played, and in results of older tools.</summary>
    public SimulationLayouts? Layouts { get; init; }

    /// <summary>What the trace leaves out, in one sentence; null when it is whole.</summary>
    public string? Gap { get; init; }

    /// <summary>The model beside the recorded GCs; null when the trace is no recording or has a gap, or the model is of no part of its heap.</summary>
    public ModelValidation? Validation { get; init; }

    /// <summary>
    /// Each GC of a recording foretold one step ahead; null when the trace is no recording, or the model is not that of the whole heap.
    /// </summary>
    public GcForecastReport? Forecast { get; init; }

    /// <summary>What every remedy makes of the trace; null unless it was asked for.</summary>
    public TraceAdvice? Advice { get; init; }
}

/// <summary>What <c>simulate --json</c> prints for several models: the same object for each, in the order given.</summary>
public sealed record SimulationComparison(IReadOnlyList<SimulationReport> Results)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = SimulationReport.CurrentSchema;
}

/// <summary>How often each answer was given.</summary>
public sealed record AnswerCounts(
    long Ok, long Forcible, long NoMemory, long Exists, long NotFound, long NotANumber, long NotAList, long IsAList,
    long Hit, long Ignored);

/// <summary>The metrics that DESIGN.md defines: those of the final layout, and the peaks and means of the run.</summary>
/// <param name="Unusable">Share of the free bytes that blocks of this many bytes cannot use, by the bytes as text.</param>
/// <param name="FailedWithSpace">Requests refused while at least their size was free.</param>
public sealed record SimulationMetrics(
    double Internal,
    double External,
    IReadOnlyDictionary<string, double> Unusable,
    double OverheadNow,
    double OverheadAtPeak,
    double OverheadMean,
    double Trapped,
    long FailedWithSpace,
    double ResidentRatio,
    long LiveRequestedBytes,
    long GrantedBytes,
    long CommittedBytes,
    long ResidentBytes,
    long FreeBytes,
    long LargestFreeBytes,
    long PeakLiveBytes,
    long PeakCommittedBytes);

/// <param name="Pages">Zone pages cut into slots of this size; 0 where the allocator has no pages.</param>
/// <param name="Used">Slots that hold something, the allocator's own records included.</param>
/// <param name="Free">Slots ready for reuse.</param>
public sealed record SizeClassRow(long SlotBytes, long Pages, long Used, long Free);

/// <param name="Bytes">Size of the zone, its header included.</param>
/// <param name="Pages">Pages that can hold blocks.</param>
/// <param name="LargestFreeRunPages">Longest run of adjacent free pages.</param>
public sealed record ZoneRow(long Bytes, long Pages, long FreePages, long LargestFreeRunPages);
