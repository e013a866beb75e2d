using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Collector.Snapshots;
using FragGuard.Collector.Snapshots.Caches;

namespace FragGuard.FragTrace.Reports;

/// <summary>Puts a snapshot into the words of a report.</summary>
internal static class HeapReportBuilder
{
    private const int MostTypes = 500;

    /// <param name="recordingFile">The recording it was read from, or that was kept; null when there is none.</param>
    public static HeapReport Build(ObjectSnapshot snapshot, string? recordingFile) => new()
    {
        Target = new HeapTarget(snapshot.Target.ProcessId, snapshot.Target.CommandLine, RunWords.Runtime(snapshot.Target)),
        Quality = new HeapQuality(
            snapshot.EventsRead, snapshot.EventsLost, snapshot.IsExact, snapshot.UnnamedObjects, snapshot.UnreachedBytes,
            Path.GetFileName(recordingFile)),
        Gc = snapshot.GcNumber,
        PauseMs = snapshot.PauseMs,
        Objects = snapshot.Objects,
        LiveBytes = snapshot.LiveBytes,
        FreeBytes = snapshot.Generations.Sum(generation => generation.FreeBytes),
        Generations = [.. snapshot.Generations.Select(Row)],
        Outside = new OutsideRow(snapshot.OutsideObjects, snapshot.OutsideBytes),
        Holes = [.. snapshot.LargestHoles.Select(hole => new HoleRow(
            (long)hole.Address, hole.Bytes, GenerationNames.Of(hole.Generation), hole.Before, hole.After))],
        Types = [.. snapshot.Types.Take(MostTypes).Select(Row)],
        TypesBesideHoles =
        [
            .. snapshot.Types.Where(type => type.HolesBeside > 0).OrderByDescending(type => type.BytesBeside)
                .Take(MostTypes).Select(Row),
        ],
        Regions = [.. snapshot.Regions.Select(Row)],
        CacheInstances = snapshot.CacheInstances,
        Caches = snapshot.Caches?.Select(Row).ToArray(),
        WhyNoCaches = snapshot.WhyNoCaches,
    };

    /// <summary>One map for each generation that has a hole, for a picture.</summary>
    public static IReadOnlyList<HeapMap> Maps(ObjectSnapshot snapshot) =>
    [
        .. snapshot.Generations.Where(generation => generation.Holes > 0).Select(generation => new HeapMap(
            NameOf(GenerationNames.Of(generation.Generation)),
            double.NaN,
            Measured: true,
            generation.SizeBytes,
            [
                .. generation.Layout.Extents.Select(extent => new MapExtent(
                    extent.Extent.Start, extent.Extent.Bytes, MapExtents.Word(extent.Use),
                    extent.Site < 0 ? null : snapshot.TypeNames[extent.Site])),
            ])),
    ];

    /// <summary>A generation's name for people.</summary>
    public static string NameOf(string generation) => generation switch
    {
        "loh" => "large objects",
        "poh" => "pinned objects",
        _ => "generation " + generation[3..],
    };

    private static HeapGenerationRow Row(GenerationMap generation) => new(
        GenerationNames.Of(generation.Generation), generation.Regions, generation.Objects, generation.SizeBytes,
        generation.LiveBytes, generation.FreeBytes, generation.PadBytes, generation.ReservedBytes, generation.Holes,
        generation.LargestHoleBytes, generation.LargestFitBytes,
        generation.FreeBytes == 0 ? 0 : 1 - ((double)generation.LargestHoleBytes / generation.FreeBytes),
        [.. generation.HoleSizes.Select(size => new SizeRow(size.MinBytes, size.Holes, size.Bytes))],
        generation.Measured?.BytesAfter, generation.Measured?.FreeBytesAfter);

    private static TypeRow Row(TypeShare type) =>
        new(type.Type, type.Objects, type.Bytes, type.HolesBeside, type.BytesBeside);

    private static RegionRow Row(RegionMap region) => new(
        GenerationNames.Of(region.Generation), (long)region.Start, region.UsedBytes, region.ReservedBytes, region.LiveBytes,
        region.FreeBytes, region.Objects, region.LargestHoleBytes);

    private static HeapCacheRow Row(CacheMap cache) => new(
        Camel(cache.Kind.ToString()), cache.Type, (long)cache.Address, cache.Entries, cache.RetainedBytes,
        cache.ValueBytes is { } values
            ? new ValueSizes(
                values.Count, values.TotalBytes, values.MinBytes, values.MedianBytes, values.P90Bytes, values.P99Bytes,
                values.MaxBytes, [.. values.Buckets.Select(size => new SizeRow(size.MinBytes, size.Count, size.Bytes))])
            : null,
        cache.SharedValues, cache.Root is { } root ? Camel(root.ToString()) : null, cache.RootName, cache.Holders);

    private static string Camel(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
