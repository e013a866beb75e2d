using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.Collector.Snapshots.Caches;

namespace FragGuard.Collector.Snapshots;

/// <summary>Makes the snapshot of what was gathered.</summary>
internal sealed class SnapshotBuilder(SnapshotDraft draft, ReadingState reading, RecordedTarget target, RecordedGc? gc)
{
    private const int HolesKept = 1000;
    private const long PadBytes = 32;

    private bool IsExact => draft.IsComplete && reading.EventsLost == 0;

    public ObjectSnapshot Build()
    {
        AddressIndex index = new(draft.Objects);
        RegionWalk walk = new(draft.Objects, index, draft.Regions);
        RegionTally tally = new(draft, HolesKept);
        walk.Run(tally);
        LayoutDrawing drawing = new(tally.Generations);
        walk.Run(drawing);
        (long bytes, long unnamed) = CountTypes(tally.Types);
        ObjectGraph? graph = WhyNoGraph() is null ? ObjectGraph.TryBuild(draft, index) : null;
        CacheFinder? finder = graph is null ? null : new CacheFinder(graph);
        IReadOnlyList<CacheMap>? caches = finder?.Find();
        return new ObjectSnapshot
        {
            Target = target,
            GcNumber = draft.GcNumber,
            PauseMs = gc?.PauseMs ?? 0,
            EventsRead = reading.Events,
            EventsLost = reading.EventsLost,
            IsExact = IsExact,
            Objects = draft.Objects.Count,
            LiveBytes = bytes,
            OutsideObjects = walk.HasRegions ? walk.OutsideObjects : 0,
            OutsideBytes = walk.HasRegions ? walk.OutsideBytes : 0,
            UnnamedObjects = unnamed,
            Generations =
            [
                .. Enumerable.Range(0, tally.Generations.Length)
                    .Where(generation => tally.Generations[generation].Regions > 0)
                    .Select(generation => GenerationOf(generation, tally.Generations[generation], drawing)),
            ],
            Regions = tally.Regions,
            LargestHoles = tally.LargestHoles(),
            Types = Shares(tally.Types),
            TypeNames = [.. Enumerable.Range(0, draft.Types.Count).Select(draft.Types.NameOf)],
            Caches = caches,
            CacheInstances = finder?.Instances ?? 0,
            WhyNoCaches = graph is not null ? null : WhyNoGraph() ?? "objects refer to more than was listed",
            UnreachedBytes = graph is null ? 0 : bytes - graph.ReachedBytes,
        };
    }

    private string? WhyNoGraph()
    {
        if (reading.EventsLost > 0)
            return "events were lost, so that references belong to no certain object";
        if (!draft.IsComplete)
            return "the end of the GC is missing";
        if (draft.HasTooManyReferences)
            return "there are more references than --max-nodes leaves room for";
        return draft.References.Count == 0 ? "the recording lists no references" : null;
    }

    private GenerationMap GenerationOf(int generation, GenerationCount count, LayoutDrawing drawing) => new()
    {
        Generation = generation,
        Regions = count.Regions,
        Objects = count.Objects,
        SizeBytes = count.SizeBytes,
        LiveBytes = count.LiveBytes,
        FreeBytes = count.FreeBytes,
        PadBytes = count.PadBytes,
        ReservedBytes = count.ReservedBytes,
        Holes = count.HolesBySize.Sum(),
        LargestHoleBytes = count.LargestHoleBytes,
        LargestFitBytes = Math.Max(
            0, count.LargestHoleBytes - (generation == GenerationExtent.LargeObjects ? PadBytes : 0)),
        HoleSizes =
        [
            .. Enumerable.Range(0, count.HolesBySize.Length)
                .Where(bucket => count.HolesBySize[bucket] > 0)
                .Select(bucket => new HoleBucket(1L << bucket, count.HolesBySize[bucket], count.BytesBySize[bucket])),
        ],
        Layout = drawing.LayoutOf(generation),
        LayoutResolutionBytes = drawing.ResolutionOf(generation),
        Measured = gc is not { IsComplete: true } ? null : generation switch
        {
            0 => gc.Gen0,
            1 => gc.Gen1,
            2 => gc.Gen2,
            GenerationExtent.LargeObjects => gc.Loh,
            _ => gc.Poh,
        },
    };

    private (long Bytes, long Unnamed) CountTypes(TypeCount[] types)
    {
        long bytes = 0;
        long unnamed = 0;
        for (int i = 0; i < draft.Objects.Count; i++)
        {
            HeapObject one = draft.Objects[i];
            types[one.Type].Objects++;
            types[one.Type].Bytes += one.AlignedBytes;
            bytes += one.AlignedBytes;
            if (draft.Types[one.Type].Name.Length == 0)
                unnamed++;
        }

        return (bytes, unnamed);
    }

    private IReadOnlyList<TypeShare> Shares(TypeCount[] types) =>
    [
        .. Enumerable.Range(0, types.Length)
            .Where(type => types[type].Objects > 0)
            .OrderByDescending(type => types[type].Bytes)
            .Select(type => new TypeShare(
                draft.Types.NameOf(type), types[type].Objects, types[type].Bytes, types[type].HolesBeside, types[type].BytesBeside)),
    ];
}
