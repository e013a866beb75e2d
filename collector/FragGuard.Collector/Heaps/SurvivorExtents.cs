using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

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

    private readonly RunSequences _runs = new();
    private readonly List<SurvivorExtent> _large = [];
    private readonly int _maxRuns = maxRuns;
    private int _mostRuns = maxRuns;
    private FollowedAddresses _followed = FollowedAddresses.None;
    private LargeRegions _largeRegions = LargeRegions.None;
    private ulong _mergedGapBytes;

    // Extents that lie in here are neither large nor hold a followed address.
    private ulong _quietStart = ulong.MaxValue;
    private ulong _quietEnd;

    // No region of large objects lies in here, as far as it is known.
    private ulong _smallStart = ulong.MaxValue;
    private ulong _smallEnd;

    /// <summary>Whether the GC listed no survivor.</summary>
    public bool IsEmpty => _runs.Count == 0;

    /// <summary>Large objects, by the order they were listed in.</summary>
    public IReadOnlyList<SurvivorExtent> Large => _large;

    /// <summary>Whether it was told what to look for before the first survivor.</summary>
    public bool IsWatching { get; private set; }

    /// <summary>Starts over, for a GC that begins with these regions and decides about these addresses.</summary>
    public void Watch(FollowedAddresses followed, IReadOnlyList<GenerationExtent> regions)
    {
        Clear();
        IsWatching = true;
        _followed = followed;
        _largeRegions = new LargeRegions(regions);
    }

    public void Clear()
    {
        IsWatching = false;
        _runs.Clear();
        _large.Clear();
        _followed = FollowedAddresses.None;
        _largeRegions = LargeRegions.None;
        _mergedGapBytes = 0;
        _mostRuns = _maxRuns;
        _quietStart = _smallStart = ulong.MaxValue;
        _quietEnd = _smallEnd = 0;
    }

    public void Add(SurvivorExtent extent) => Add(extent.OldStart, extent.NewStart, extent.Bytes);

    // Optimized from its first call: a call lasts as long as an event has extents.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add<T>(ReadOnlySpan<T> extents)
        where T : struct, IListedExtent
    {
        while (true)
        {
            extents = extents[_runs.AddAhead(extents, _quietStart, _quietEnd, _mostRuns)..];
            if (extents.IsEmpty)
                return;

            Add(extents[0].From, extents[0].To, extents[0].Length);
            extents = extents[1..];
        }
    }

    /// <summary>Where live bytes are after the GC, by address; valid until the next call of any member.</summary>
    public ReadOnlySpan<LiveRun> Runs() => _runs.InOrder();

    /// <summary>The same in sequences; valid as long.</summary>
    public RunSequences Sequences => _runs;

    /// <summary>What became of the addresses it was told to look for.</summary>
    public FollowedAddresses Followed => _followed;

    private void Add(ulong oldStart, ulong newStart, ulong bytes)
    {
        if (bytes == 0 || (oldStart | newStart | bytes) >= GenerationExtent.MaxBytes)
            return;

        if (oldStart < _quietStart || oldStart + bytes > _quietEnd)
            Notice(new SurvivorExtent(oldStart, newStart, bytes));
        if (_runs.TryExtend(newStart, bytes))
            return;

        if (_runs.Count >= _mostRuns)
            Shrink();
        _runs.Add(newStart, bytes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Notice(SurvivorExtent extent)
    {
        _followed.Survived(extent);
        bool isLarge = false;
        if (extent.OldStart < _smallStart || extent.OldStart >= _smallEnd)
            isLarge = _largeRegions.Hold(extent.OldStart, out _smallStart, out _smallEnd);
        if (isLarge)
            NoticeLarge(extent);
        _quietStart = isLarge ? ulong.MaxValue : Math.Max(_smallStart, _followed.QuietStart);
        _quietEnd = Math.Min(_smallEnd, _followed.QuietEnd);
    }

    private void NoticeLarge(SurvivorExtent extent)
    {
        if (_large.Count < MaxLarge)
            _large.Add(extent);
        _smallStart = ulong.MaxValue;
        _smallEnd = 0;
    }

    private void Shrink()
    {
        _runs.InOrder();
        Merge();
        while (_runs.Count > _mostRuns / 2)
        {
            _mergedGapBytes = Math.Max(FirstMergedGapBytes, 2 * _mergedGapBytes);
            if (_mergedGapBytes > LastMergedGapBytes)
            {
                _mostRuns = 2 * _mostRuns;
                return;
            }

            Merge();
        }
    }

    private void Merge()
    {
        Span<LiveRun> runs = _runs.InOrder();
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

        _runs.KeepFirst(last + 1);
    }
}
