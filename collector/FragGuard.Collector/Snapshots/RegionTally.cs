using System;
using System.Collections.Generic;
using System.Linq;
using System.Numerics;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Snapshots;

/// <summary>Counts objects and holes: per region, per generation and per type, with the largest holes one by one.</summary>
internal sealed class RegionTally : IRegionVisitor
{
    private const int MaxRegionsKept = 1 << 16;

    private readonly SnapshotDraft _draft;
    private readonly int _holesKept;
    private readonly PriorityQueue<(ulong Start, long Bytes, int Generation, int Before, int After), long> _largest = new();
    private readonly List<RegionMap> _regions = [];
    private GenerationExtent _region;
    private long _live;
    private long _free;
    private long _objects;
    private long _largestHole;

    public RegionTally(SnapshotDraft draft, int holesKept)
    {
        _draft = draft;
        _holesKept = holesKept;
        Types = new TypeCount[draft.Types.Count];
    }

    /// <summary>By generation.</summary>
    public GenerationCount[] Generations { get; } = [.. Enumerable.Range(0, GcLog.Generations).Select(_ => new GenerationCount())];

    /// <summary>By type.</summary>
    public TypeCount[] Types { get; }

    /// <summary>In address order.</summary>
    public IReadOnlyList<RegionMap> Regions => _regions;

    private GenerationCount Generation => Generations[_region.Generation];

    public void Enter(GenerationExtent region)
    {
        _region = region;
        _live = 0;
        _free = 0;
        _objects = 0;
        _largestHole = 0;
    }

    public void Object(int number, in HeapObject one)
    {
        _objects++;
        _live += one.AlignedBytes;
    }

    public void Hole(ulong start, long bytes, int before, int after)
    {
        _free += bytes;
        _largestHole = Math.Max(_largestHole, bytes);
        int bucket = BitOperations.Log2((ulong)bytes);
        Generation.HolesBySize[bucket]++;
        Generation.BytesBySize[bucket] += bytes;
        int typeBefore = TypeOf(before);
        int typeAfter = TypeOf(after);
        Beside(typeBefore, bytes);
        if (typeAfter != typeBefore)
            Beside(typeAfter, bytes);
        _largest.Enqueue((start, bytes, _region.Generation, typeBefore, typeAfter), bytes);
        if (_largest.Count > _holesKept)
            _largest.Dequeue();
    }

    public void Pad(ulong start, long bytes) => Generation.PadBytes += bytes;

    public void Leave()
    {
        GenerationCount generation = Generation;
        generation.Regions++;
        generation.Objects += _objects;
        generation.SizeBytes += (long)_region.UsedBytes;
        generation.ReservedBytes += (long)_region.ReservedBytes;
        generation.LiveBytes += _live;
        generation.FreeBytes += _free;
        generation.LargestHoleBytes = Math.Max(generation.LargestHoleBytes, _largestHole);
        if (_regions.Count < MaxRegionsKept)
        {
            _regions.Add(new RegionMap(
                _region.Generation, _region.Start, (long)_region.UsedBytes, (long)_region.ReservedBytes, _live, _free, _objects,
                _largestHole));
        }
    }

    /// <summary>Largest first.</summary>
    public IReadOnlyList<Hole> LargestHoles() =>
    [
        .. _largest.UnorderedItems
            .Select(item => item.Element)
            .OrderByDescending(hole => hole.Bytes).ThenBy(hole => hole.Start)
            .Select(hole => new Hole(hole.Start, hole.Bytes, hole.Generation, NameOf(hole.Before), NameOf(hole.After))),
    ];

    private int TypeOf(int number) => number == RegionWalk.NoObject ? RegionWalk.NoObject : _draft.Objects[number].Type;

    private string? NameOf(int type) => type == RegionWalk.NoObject ? null : _draft.Types.NameOf(type);

    private void Beside(int type, long bytes)
    {
        if (type == RegionWalk.NoObject)
            return;
        Types[type].HolesBeside++;
        Types[type].BytesBeside += bytes;
    }
}
