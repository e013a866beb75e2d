using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>kernel</c> shows: free memory by order, watermarks, slab caches, counters, and what follows from them.</summary>
public sealed record KernelReport
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "fragguard.kernel/1";

    /// <summary>The kernel's release; null for saved files.</summary>
    public required string? Release { get; init; }

    /// <summary>The files that were read.</summary>
    public required IReadOnlyList<KernelSourceRow> Sources { get; init; }

    public required IReadOnlyList<KernelGapRow> Gaps { get; init; }

    public required long PageBytes { get; init; }

    /// <summary>False when the page size of saved files is assumed.</summary>
    public required bool IsPageSizeKnown { get; init; }

    public required IReadOnlyList<KernelZoneRow> Zones { get; init; }

    /// <summary>Page blocks by migrate type; null when pagetypeinfo is not known.</summary>
    public required IReadOnlyList<KernelTypeRow>? MigrateTypes { get; init; }

    /// <summary>Most memory first, the largest ones only; null when slabinfo is not known.</summary>
    public required IReadOnlyList<KernelSlabRow>? Slabs { get; init; }

    /// <summary>All slab caches together; null when slabinfo is not known.</summary>
    public required KernelSlabSum? AllSlabs { get; init; }

    /// <summary>Figures of meminfo, in bytes.</summary>
    public required IReadOnlyList<KernelFigureRow> Memory { get; init; }

    /// <summary>Counters of vmstat since boot.</summary>
    public required IReadOnlyList<KernelFigureRow> Counters { get; init; }

    public required KernelHugePages HugePages { get; init; }

    /// <summary>Our indices against debugfs; null when it is not there.</summary>
    public required KernelIndexCheck? IndexCheck { get; init; }

    public required IReadOnlyList<KernelAdviceRow> Advice { get; init; }

    /// <summary>With <c>--watch</c>: the looks; null otherwise.</summary>
    public KernelSeriesRow? Series { get; init; }

    /// <summary>With <c>--record</c>, or for a recording: what was recorded; null otherwise.</summary>
    public KernelRecordingRow? Recording { get; init; }
}

/// <summary>One file of the kernel.</summary>
/// <param name="Kind">buddyInfo, pageTypeInfo and so on.</param>
public sealed record KernelSourceRow(string Kind, string Source);

/// <summary>What could not be read, and why.</summary>
public sealed record KernelGapRow(string Source, string Reason);

/// <summary>One zone.</summary>
/// <param name="Unusable">The kernel's unusable index per order: the share of free memory in blocks too small for it.</param>
/// <param name="External">The kernel's external index per order: −1 where a request would succeed, towards 0 for lack of memory, towards 1 for fragmentation.</param>
/// <param name="LargestOrder">Largest order with a free block; −1 when nothing is free.</param>
/// <param name="Outlook">allServed, largeFail, troublePossible, troubleLikely or nothingFree.</param>
/// <param name="Watermarks">Null when zoneinfo is not known.</param>
public sealed record KernelZoneRow(
    int Node, string Zone, long FreePages, IReadOnlyList<long> FreeBlocks, IReadOnlyList<double> Unusable,
    IReadOnlyList<double> External, int LargestOrder, string Outlook, KernelWatermarks? Watermarks);

/// <summary>Watermarks in pages, the boost included.</summary>
/// <param name="AboveLow">Free pages above low; negative while the reclaimer is to run.</param>
/// <param name="AboveMin">Free pages above min; below it requests stall.</param>
public sealed record KernelWatermarks(long ManagedPages, long Min, long Low, long High, long Boost, long AboveLow, long AboveMin);

/// <summary>One migrate type of a zone.</summary>
/// <param name="PageBlocks">Null when the text does not tell.</param>
/// <param name="IsCapped">The kernel stopped counting: <paramref name="FreePages"/> is a lower bound.</param>
public sealed record KernelTypeRow(int Node, string Zone, string Type, long FreePages, long? PageBlocks, bool IsCapped);

/// <summary>One slab cache.</summary>
/// <param name="WasteBytes">Bytes of its pages that no object in use fills; a lower bound.</param>
public sealed record KernelSlabRow(
    string Name, long ActiveObjects, long Objects, long ObjectBytes, long Pages, long Bytes, long WasteBytes);

/// <summary>All slab caches.</summary>
public sealed record KernelSlabSum(int Caches, long Bytes, long WasteBytes);

/// <summary>One named number.</summary>
public sealed record KernelFigureRow(string Name, long Value);

/// <summary>Transparent huge pages; null where not known.</summary>
public sealed record KernelHugePages(string? Enabled, string? Defrag);

/// <summary>Printed indices compared with ours.</summary>
public sealed record KernelIndexCheck(int Compared, int Different);

/// <summary>One remedy.</summary>
/// <param name="Because">What was seen.</param>
/// <param name="Action">What a person could do. It is never done here.</param>
/// <param name="Caution">What it costs or risks.</param>
public sealed record KernelAdviceRow(string Because, string Action, string Caution);
