using System.Collections.Generic;
using System.Text.Json.Serialization;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>heap</c> shows: every live object against the regions of the heap, at the end of one full GC.</summary>
public sealed record HeapReport
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "fragguard.heap/1";

    public required HeapTarget Target { get; init; }

    public required HeapQuality Quality { get; init; }

    /// <summary>The runtime's count of the GC.</summary>
    public required int Gc { get; init; }

    /// <summary>How long the process stood still.</summary>
    public required double PauseMs { get; init; }

    public required long Objects { get; init; }

    public required long LiveBytes { get; init; }

    /// <summary>Free bytes in the used parts of all regions.</summary>
    public required long FreeBytes { get; init; }

    public required IReadOnlyList<HeapGenerationRow> Generations { get; init; }

    /// <summary>Objects in no region, such as string literals.</summary>
    public required OutsideRow Outside { get; init; }

    /// <summary>Largest first.</summary>
    public required IReadOnlyList<HoleRow> Holes { get; init; }

    /// <summary>Most bytes first; of very many types the first ones.</summary>
    public required IReadOnlyList<TypeRow> Types { get; init; }

    /// <summary>Types of objects beside holes, most bytes of holes first; of very many types the first ones.</summary>
    public required IReadOnlyList<TypeRow> TypesBesideHoles { get; init; }

    public required IReadOnlyList<RegionRow> Regions { get; init; }

    /// <summary>Instances of the known cache classes; all that were found, not only those listed.</summary>
    public required long CacheInstances { get; init; }

    /// <summary>Most retained bytes first; null when they were not looked for.</summary>
    public required IReadOnlyList<HeapCacheRow>? Caches { get; init; }

    /// <summary>Why caches were not looked for; null when they were.</summary>
    public required string? WhyNoCaches { get; init; }
}

/// <summary>The process.</summary>
public sealed record HeapTarget(int ProcessId, string Command, string Runtime);

/// <summary>How far to trust the numbers.</summary>
/// <param name="Exact">False when events were lost or the recording is cut: live bytes are then a lower bound, free bytes an upper one.</param>
/// <param name="UnnamedObjects">Objects whose type's name was not told.</param>
/// <param name="UnreachedBytes">Bytes of objects that no listed root leads to.</param>
/// <param name="RecordingFile">The recording it was read from, or that was kept; null when there is none.</param>
public sealed record HeapQuality(
    long EventsRead, long EventsLost, bool Exact, long UnnamedObjects, long UnreachedBytes, string? RecordingFile);

/// <summary>One generation, all heaps of the process together.</summary>
/// <param name="Generation">gen0, gen1, gen2, loh or poh.</param>
/// <param name="SizeBytes">Used parts of the regions.</param>
/// <param name="PadBytes">Belongs to large objects; the runtime counts it as free.</param>
/// <param name="External">1 − largest hole / free bytes; 0 when nothing is free.</param>
/// <param name="RuntimeSizeBytes">The same size as the runtime's own event says; null when it says nothing.</param>
/// <param name="RuntimeFreeBytes">Free bytes and pads as the runtime's own event says.</param>
public sealed record HeapGenerationRow(
    string Generation, int Regions, long Objects, long SizeBytes, long LiveBytes, long FreeBytes, long PadBytes,
    long ReservedBytes, long Holes, long LargestHoleBytes, long LargestFitBytes, double External,
    IReadOnlyList<SizeRow> HoleSizes, long? RuntimeSizeBytes, long? RuntimeFreeBytes);

/// <summary>Things of a size in [<paramref name="MinBytes"/>, 2 · <paramref name="MinBytes"/>).</summary>
public sealed record SizeRow(long MinBytes, long Count, long Bytes);

public sealed record OutsideRow(long Objects, long Bytes);

/// <summary>One hole, with the types of the objects beside it; null where the region begins or ends.</summary>
public sealed record HoleRow(long Start, long Bytes, string Generation, string? Before, string? After);

/// <summary>Objects of one type, and the holes beside them.</summary>
public sealed record TypeRow(string Type, long Objects, long Bytes, long HolesBeside, long BytesBeside);

public sealed record RegionRow(
    string Generation, long Start, long UsedBytes, long ReservedBytes, long LiveBytes, long FreeBytes, long Objects,
    long LargestHoleBytes);

/// <summary>One instance of a cache.</summary>
/// <param name="Kind">memoryCache, concurrentDictionary or dictionary.</param>
/// <param name="Entries">Null when references alone do not tell.</param>
/// <param name="RetainedBytes">The instance and all that only it keeps alive.</param>
/// <param name="ValueBytes">For each entry its value and all that only this value keeps alive; null when that cannot be told.</param>
/// <param name="SharedValues">Entries whose value something else keeps alive as well.</param>
/// <param name="Root">stack, finalizer, handle, other or static; null when no root leads to it.</param>
/// <param name="RootName">Name of the static field.</param>
/// <param name="Holders">Types on a shortest way from the root, the nearest first.</param>
public sealed record HeapCacheRow(
    string Kind, string Type, long Start, long? Entries, long RetainedBytes, ValueSizes? ValueBytes, long SharedValues,
    string? Root, string? RootName, IReadOnlyList<string> Holders);

/// <summary>Sizes of the values of a cache.</summary>
public sealed record ValueSizes(
    long Count, long TotalBytes, long MinBytes, long MedianBytes, long P90Bytes, long P99Bytes, long MaxBytes,
    IReadOnlyList<SizeRow> Sizes);
