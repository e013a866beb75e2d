using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Heap;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// Draws each generation as runs of used bytes and holes. A generation with very many holes is drawn without its
/// smallest ones, one with very many objects without their pads, so that a drawing has a bounded number of extents.
/// </summary>
internal sealed class LayoutDrawing : IRegionVisitor
{
    private const int MostHoles = 50_000;

    private readonly GenerationCount[] _counts;
    private readonly long[] _resolution;
    private readonly List<LayoutExtent>[] _extents;
    private List<LayoutExtent> _drawn = [];
    private long _smallestHole;
    private bool _drawsPads;
    private ulong _usedStart;
    private ulong _at;
    private long _requested;
    private long _largestObject;
    private int _site = -1;

    public LayoutDrawing(GenerationCount[] counts)
    {
        _counts = counts;
        _resolution = [.. counts.Select(Resolution)];
        _extents = [.. counts.Select(static _ => new List<LayoutExtent>())];
    }

    public void Enter(GenerationExtent region)
    {
        _drawn = _extents[region.Generation];
        _smallestHole = _resolution[region.Generation];
        _drawsPads = _counts[region.Generation].Objects <= MostHoles;
        _usedStart = region.Start;
        _at = region.Start;
    }

    public void Object(int number, in HeapObject one)
    {
        _at += (ulong)one.AlignedBytes;
        _requested += one.Bytes;
        if (one.Bytes <= _largestObject)
            return;
        _largestObject = one.Bytes;
        _site = one.Type;
    }

    public void Hole(ulong start, long bytes, int before, int after)
    {
        if (bytes >= _smallestHole)
        {
            EndUsed();
            _drawn.Add(new LayoutExtent(new Extent((long)start, bytes), ExtentUse.Free));
            _usedStart = start + (ulong)bytes;
        }

        _at = start + (ulong)bytes;
    }

    public void Pad(ulong start, long bytes)
    {
        if (!_drawsPads)
        {
            _at = start + (ulong)bytes;
            return;
        }

        EndUsed();
        _drawn.Add(new LayoutExtent(new Extent((long)start, bytes), ExtentUse.Metadata));
        _usedStart = start + (ulong)bytes;
        _at = _usedStart;
    }

    public void Leave() => EndUsed();

    /// <summary>Holes smaller than this are drawn as used; 0: none is.</summary>
    public long ResolutionOf(int generation) => _resolution[generation];

    /// <summary>Sites are types.</summary>
    public HeapLayout LayoutOf(int generation)
    {
        GenerationCount count = _counts[generation];
        long requested = _extents[generation].Sum(extent => extent.RequestedBytes);
        return new HeapLayout(
            new HeapCounters(requested, count.LiveBytes, count.SizeBytes, count.SizeBytes, count.FreeBytes, count.FreeBytes),
            _extents[generation]);
    }

    private static long Resolution(GenerationCount count)
    {
        long holes = 0;
        for (int bucket = count.HolesBySize.Length - 1; bucket >= 0; bucket--)
        {
            holes += count.HolesBySize[bucket];
            if (holes > MostHoles)
                return 1L << System.Math.Min(bucket + 1, 62);
        }

        return 0;
    }

    private void EndUsed()
    {
        if (_at > _usedStart)
        {
            _drawn.Add(new LayoutExtent(
                new Extent((long)_usedStart, (long)(_at - _usedStart)), ExtentUse.Used, _requested, _site));
        }

        _requested = 0;
        _largestObject = 0;
        _site = -1;
    }
}
