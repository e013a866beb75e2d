using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>zones</c> shows: every slab zone of an nginx process.</summary>
public sealed record ZonesReport
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "fragguard.zones/1";

    public required int ProcessId { get; init; }

    /// <summary>Path of the program; empty when the kernel does not tell.</summary>
    public required string Program { get; init; }

    /// <summary>Writable shared mappings of the process; those without a zone are left out.</summary>
    public required int SharedMappings { get; init; }

    /// <summary>Further zones that were left out: they, or all together, have more pages than are read.</summary>
    public int UnreadZones { get; init; }

    /// <summary>In the order of addresses.</summary>
    public required IReadOnlyList<ZonesRow> Zones { get; init; }
}

/// <summary>One zone.</summary>
public sealed record ZonesRow
{
    /// <summary>As configured; null when the zone does not say.</summary>
    public required string? Name { get; init; }

    /// <summary>Such as <c>limit_req zone</c>; null when the zone does not say.</summary>
    public required string? Kind { get; init; }

    /// <summary>Address in the process.</summary>
    public required ulong Start { get; init; }

    public required ZonesReading Reading { get; init; }

    public required long Bytes { get; init; }

    public required long PageBytes { get; init; }

    /// <summary>Pages that can hold something.</summary>
    public required long Pages { get; init; }

    public required long FreePages { get; init; }

    public required long LargestRunPages { get; init; }

    /// <summary>Longest request that is served now.</summary>
    public required long LargestFitBytes { get; init; }

    public required long UsedBytes { get; init; }

    public required long FreeBytes { get; init; }

    /// <summary>The part of the free bytes in pages that also hold something.</summary>
    public required long FreeSlotBytes { get; init; }

    public required long Blocks { get; init; }

    public required long BlockPages { get; init; }

    public required ZonesResidence Loaded { get; init; }

    public required ZonesMetrics Metrics { get; init; }

    /// <summary>Smallest slots first.</summary>
    public required IReadOnlyList<ZonesClassRow> SizeClasses { get; init; }

    /// <summary>Runs of free pages by length.</summary>
    public required IReadOnlyList<ZonesRunRow> FreeRuns { get; init; }

    /// <summary>One letter for each page.</summary>
    public required string PageMap { get; init; }

    /// <summary>Null when the zone is no shared dictionary.</summary>
    public required ZonesDict? Dict { get; init; }

    /// <summary>Null unless asked for.</summary>
    public required ZonesSimulation? Simulated { get; init; }
}

/// <summary>How far a zone's numbers can be trusted.</summary>
/// <param name="Torn">The zone does not agree with itself, after all attempts.</param>
/// <param name="Changed">It was used while it was read.</param>
/// <param name="Doubts">What does not agree.</param>
/// <param name="UnparsedShare">Share of its pages of which nothing is known.</param>
/// <param name="Header">Which form of the pool header was recognised.</param>
/// <param name="ThroughProcess">Reading mapped the pages that were read into the process.</param>
public sealed record ZonesReading(
    bool Torn, bool Changed, int Attempts, IReadOnlyList<string> Doubts, long UnparsedPages, double UnparsedShare, string Header,
    bool ThroughProcess);

/// <summary>How much of a zone is in memory.</summary>
/// <param name="Processes">nginx processes whose page tables were asked.</param>
/// <param name="Complete">Of the zone itself; if not, a lower bound from those page tables.</param>
public sealed record ZonesResidence(long ResidentBytes, long SwappedBytes, long UnknownBytes, int Processes, bool Complete);

/// <summary>The metrics of the zone's layout, as DESIGN.md defines them.</summary>
/// <param name="Internal">Null where only nginx knows what was asked for.</param>
/// <param name="Unusable">By the bytes as text.</param>
public sealed record ZonesMetrics(
    double? Internal, double External, IReadOnlyDictionary<string, double> Unusable, double Trapped, long LargestFreeBytes);

/// <summary>One size class.</summary>
/// <param name="Requests">Since nginx started; null before nginx 1.11.7.</param>
/// <param name="Failures">Of these refused; null before nginx 1.11.7.</param>
public sealed record ZonesClassRow(long SlotBytes, long Pages, long Used, long Free, ulong? Requests, ulong? Failures);

/// <summary>Runs of free pages of a length in [<paramref name="MinPages"/>, 2 · <paramref name="MinPages"/>).</summary>
public sealed record ZonesRunRow(long MinPages, long Runs, long Pages);

/// <summary>The entries of a shared dictionary.</summary>
public sealed record ZonesDict
{
    /// <summary>All entries and list elements were read, and their order of use; if not, some may be missing.</summary>
    public required bool Whole { get; init; }

    /// <summary>There are more entries or list elements than are read.</summary>
    public required bool Cut { get; init; }

    /// <summary>Entries whose place in the order of use is not known; they stand between those used before and after them.</summary>
    public required int Unordered { get; init; }

    public required long Entries { get; init; }

    /// <summary>Elements of lists.</summary>
    public required long Elements { get; init; }

    /// <summary>Bytes asked for to hold all of them.</summary>
    public required long EntryBytes { get; init; }

    /// <summary>Of each entry besides its key and value.</summary>
    public required long OverheadBytes { get; init; }

    public required long ExpiredEntries { get; init; }

    /// <summary>Bytes asked for to hold the expired ones.</summary>
    public required long ExpiredBytes { get; init; }

    public required long NeverExpire { get; init; }

    /// <summary>Largest value that still fits, with a key of the usual length.</summary>
    public required long LargestValueBytes { get; init; }

    public required long MedianKeyBytes { get; init; }

    public required IReadOnlyList<ZonesTypeRow> Types { get; init; }

    public required IReadOnlyList<SizeRow> KeySizes { get; init; }

    public required IReadOnlyList<SizeRow> ValueSizes { get; init; }

    /// <summary>Tenths of the entries in their order of use, the most recently used first.</summary>
    public required IReadOnlyList<ZonesAgeRow> ByUse { get; init; }
}

/// <summary>Values of one type.</summary>
public sealed record ZonesTypeRow(string Type, long Entries, long ValueBytes);

/// <summary>Some neighbours in the order of use.</summary>
/// <param name="MedianTimeToLiveMs">Of those that expire; negative when that is past; null when none does.</param>
public sealed record ZonesAgeRow(long Entries, long Bytes, long Expired, long NeverExpire, long? MedianTimeToLiveMs);

/// <summary>What the simulator makes of the state that was read.</summary>
/// <param name="Model">The model that was continued.</param>
/// <param name="Evictions">What fits after the oldest entries were evicted.</param>
/// <param name="Split">Null when the sizes do not differ enough, or the zone is too small to be split.</param>
/// <param name="Why">Why nothing was simulated; null when it was.</param>
public sealed record ZonesSimulation(string? Model, IReadOnlyList<ZonesEvictionRow> Evictions, ZonesSplit? Split, string? Why);

/// <summary>The zone after so many evictions, the oldest entries first.</summary>
public sealed record ZonesEvictionRow(long Evicted, long FreeBytes, long FreePages, long LargestValueBytes);

/// <summary>The zone filled anew with entries of the same sizes, and zones for values of similar size likewise.</summary>
/// <param name="Zones">The zones of the split, smallest values first; together as large as the one zone.</param>
public sealed record ZonesSplit(IReadOnlyList<ZonesSplitZone> Zones, ZonesFilled OneZone, ZonesFilled Split);

/// <summary>One zone of a split.</summary>
/// <param name="LargestValueBytes">Null when it takes all larger values.</param>
public sealed record ZonesSplitZone(long Bytes, long? LargestValueBytes);

/// <summary>What became of the stores of new keys.</summary>
/// <param name="Refused">Answered with no memory, although entries were evicted for them.</param>
/// <param name="Evicted">Live entries evicted.</param>
/// <param name="LiveBytes">Mean bytes of the entries over the second half.</param>
/// <param name="Entries">Mean number of the entries over the second half.</param>
public sealed record ZonesFilled(long Stores, long Refused, long Evicted, long LiveBytes, long Entries);
