using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace FragGuard.FragTrace.Reports;

/// <summary>
/// Two runs side by side, as <c>report --before --json</c> prints them. It says what differs, not whether the difference
/// is more than chance. What one side does not tell is null there. Additions keep <see cref="Schema"/>; a changed meaning
/// raises it.
/// </summary>
public sealed record RunComparison
{
    public const string CurrentSchema = "fragguard.comparison/1";

    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = CurrentSchema;

    public required ComparedRun Before { get; init; }

    public required ComparedRun After { get; init; }

    /// <summary>Figures of the whole heap and of the GCs, in a fixed order.</summary>
    public required IReadOnlyList<ComparedFigure> Figures { get; init; }

    /// <summary>Each generation at its run's worst moment.</summary>
    public required IReadOnlyList<ComparedGeneration> Generations { get; init; }

    /// <summary>Changed verdicts first.</summary>
    public required IReadOnlyList<ComparedFinding> Findings { get; init; }

    /// <summary>Who holds memory open, what grew most first.</summary>
    public required IReadOnlyList<ComparedHolder> Holders { get; init; }

    /// <summary>Array pools by kind, element and length; pools that these do not tell apart are added up.</summary>
    public required IReadOnlyList<ComparedPool> Pools { get; init; }
}

/// <summary>One of the two runs.</summary>
public sealed record ComparedRun(RunTarget Target, TraceQuality Quality, HeapSummary Heap, IReadOnlyList<HeapMoment> Timeline);

/// <param name="Key">A metric, as <c>gate --list</c> names it.</param>
/// <param name="Before">Null where the run does not tell it, like <paramref name="After"/>.</param>
public sealed record ComparedFigure(string Key, double? Before, double? After);

/// <param name="Generation">gen0, gen1, gen2, loh or poh.</param>
public sealed record ComparedGeneration(string Generation, GenerationState? Before, GenerationState? After);

/// <summary>One generation right after a GC.</summary>
/// <param name="Fragmentation">Free / size.</param>
/// <param name="External">1 − largest hole / free.</param>
public sealed record GenerationState(
    long Bytes, long FreeBytes, double Fragmentation, double? External, long? Holes, long? LargestHoleBytes);

/// <summary>A finding of either build. Where its line moved, it is found again by rule and file.</summary>
/// <param name="File">As the later build names it.</param>
/// <param name="Before">Verdict: confirmed, refuted, notExercised or unknown; null where that build did not have the finding.</param>
/// <param name="Reason">Why the later verdict; of a finding that is gone, why the earlier one.</param>
public sealed record ComparedFinding(
    string Rule, string File, int? BeforeLine, int? AfterLine, string? Before, string? After, string Message, string Reason)
{
    /// <summary>Whether the verdicts differ, or one build had no such finding.</summary>
    public bool IsChanged => !string.Equals(Before, After, System.StringComparison.Ordinal);
}

/// <summary>Objects of one site in one generation, at each run's worst moment; 0 bytes where it holds nothing.</summary>
/// <param name="Measured">False where either side is estimated from samples.</param>
public sealed record ComparedHolder(
    string? Site, string Generation, bool Measured, double BeforeLiveBytes, double AfterLiveBytes, double BeforeHoleBytes,
    double AfterHoleBytes);

/// <param name="Kind">shared, created, or unknown.</param>
/// <param name="Length">Array length in elements.</param>
public sealed record ComparedPool(string Kind, string? ElementType, long Length, PoolState? Before, PoolState? After);

/// <summary>What the pool did; as in the runs' own rows.</summary>
public sealed record PoolState(long? Rented, long Allocated, long Dropped, long Trimmed, long? Outstanding, long IdleAtLeast);
