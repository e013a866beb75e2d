using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// What one GC found alive. Extents are not kept as they come: of small objects only where they are afterwards, runs that
/// touch as one, and of followed addresses where they went. Beyond <see cref="MaxRuns"/> runs the smallest gaps are no longer
/// kept apart: their bytes stay counted as free, their places are lost.
/// </summary>
internal sealed class SurvivorExtents(int maxRuns = SurvivorExtents.MaxRuns)
{
    public const int MaxRuns = 1 << 19;

    private const int MaxLarge = 1 << 20;
    private const ulong FirstMergedGapBytes = 64;
    private const ulong LastMergedGapBytes = 1 << 20;

    // Large objects stand alone, and each is wanted by itself.
    private const ulong MaxMergedBytes = 64 << 10;

    // Regions are aligned to at least this much; runs of two regions never merge.
    private const int RegionAlignmentBits = 20;

    private readonly List<LiveRun> _runs = [];
    private readonly List<SurvivorExtent> _large = [];
    private readonly int _maxRuns = maxRuns;
    private int _mostRuns;
    private FollowedAddresses _followed = new([]);
    private GenerationExtent[] _largeRegions = [];
    private GenerationExtent _lastRegion;
    private ulong _mergedGapBytes;

    /// <summary>Whether the GC listed no survivor.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Large objects, by the order they were listed in.</summary>
    public IReadOnlyList<SurvivorExtent> Large => _large;

    /// <summary>Whether it was told what to look for before the first survivor.</summary>
    public bool IsWatching { get; private set; }

    /// <summary>Starts over, for a GC that begins with these regions and decides about these addresses.</summary>
    public void Watch(FollowedAddresses followed, IEnumerable<GenerationExtent> regions)
    {
        Clear();
        IsWatching = true;
        _followed = followed;
        _largeRegions = [.. regions.Where(static region => region.Generation == GenerationExtent.LargeObjects)];
    }

    public void Clear()
    {
        IsWatching = false;
        _runs.Clear();
        _large.Clear();
        _followed = new FollowedAddresses([]);
        _largeRegions = [];
        _lastRegion = default;
        _mergedGapBytes = 0;
        _mostRuns = _maxRuns;
    }

    public void Add(SurvivorExtent extent)
    {
        if (extent.Bytes == 0 || extent.OldStart >= GenerationExtent.MaxBytes || extent.NewStart >= GenerationExtent.MaxBytes
            || extent.Bytes >= GenerationExtent.MaxBytes)
        {
            return;
        }

        _followed.Survived(extent);
        if (_large.Count < MaxLarge && IsLarge(extent.OldStart))
            _large.Add(extent);
        if (_runs.Count > 0 && _runs[^1].End == extent.NewStart)
        {
            LiveRun last = _runs[^1];
            _runs[^1] = last with { Bytes = last.Bytes + extent.Bytes };
            return;
        }

        if (_runs.Count >= Math.Max(_maxRuns, _mostRuns))
            Shrink();
        _runs.Add(new LiveRun(extent.NewStart, extent.Bytes));
    }

    /// <summary>Where live bytes are after the GC, by address; valid until the next call of any member.</summary>
    public ReadOnlySpan<LiveRun> Runs()
    {
        Span<LiveRun> runs = CollectionsMarshal.AsSpan(_runs);
        bool isInOrder = true;
        for (int i = 1; i < runs.Length && isInOrder; i++)
            isInOrder = runs[i - 1].Start <= runs[i].Start;
        if (!isInOrder)
            Sort(runs);
        return runs;
    }

    /// <summary>Where the followed address is now; null when what was there is dead.</summary>
    public ulong? Find(ulong oldAddress) => _followed.Find(oldAddress);

    private bool IsLarge(ulong address)
    {
        if (_lastRegion.Holds(address))
            return true;

        foreach (GenerationExtent region in _largeRegions)
        {
            if (!region.Holds(address))
                continue;

            _lastRegion = region;
            return true;
        }

        return false;
    }

    // Keys of their own sort several times faster than a comparison of runs.
    private static void Sort(Span<LiveRun> runs)
    {
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(runs.Length);
        for (int i = 0; i < runs.Length; i++)
            keys[i] = runs[i].Start;
        keys.AsSpan(0, runs.Length).Sort(runs);
        ArrayPool<ulong>.Shared.Return(keys);
    }

    private void Shrink()
    {
        Runs();
        Merge();
        while (_runs.Count > Math.Max(_maxRuns, _mostRuns) / 2)
        {
            _mergedGapBytes = Math.Max(FirstMergedGapBytes, 2 * _mergedGapBytes);
            if (_mergedGapBytes > LastMergedGapBytes)
            {
                _mostRuns = 2 * Math.Max(_maxRuns, _mostRuns);
                return;
            }

            Merge();
        }
    }

    private void Merge()
    {
        Span<LiveRun> runs = CollectionsMarshal.AsSpan(_runs);
        int last = 0;
        for (int i = 1; i < runs.Length; i++)
        {
            ulong gap = runs[i].Start - runs[last].End;
            bool isApart = runs[i].Start < runs[last].End || gap > _mergedGapBytes || runs[i].Bytes > MaxMergedBytes
                || runs[last].Start >> RegionAlignmentBits != runs[i].Start >> RegionAlignmentBits;
            if (isApart)
            {
                runs[++last] = runs[i];
                continue;
            }

            runs[last] = runs[last] with
            {
                Bytes = runs[last].Bytes + gap + runs[i].Bytes,
                InnerFreeBytes = runs[last].InnerFreeBytes + gap + runs[i].InnerFreeBytes,
            };
        }

        _runs.RemoveRange(last + 1, _runs.Count - last - 1);
    }
}
