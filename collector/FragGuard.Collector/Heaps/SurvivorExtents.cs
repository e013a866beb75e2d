using System;
using System.Buffers;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// What one GC found alive, by old address. Beyond <see cref="MaxExtents"/> the smallest gaps are no longer kept apart:
/// their bytes stay counted as free, their places are lost.
/// </summary>
internal sealed class SurvivorExtents
{
    public const int MaxExtents = 1 << 20;

    private const ulong FirstMergedGapBytes = 64;

    // Large objects stand alone, and each is wanted by itself.
    private const ulong MaxMergedBytes = 64 << 10;

    // Regions are aligned to at least this much; runs of two regions never merge.
    private const int RegionAlignmentBits = 20;

    private readonly int _maxExtents;
    private readonly List<SurvivorExtent> _extents = [];
    private readonly List<SurvivorExtent> _byNewStart = [];
    private ulong _mergedGapBytes;
    private bool _isSorted = true;

    public SurvivorExtents(int maxExtents = MaxExtents) => _maxExtents = maxExtents;

    /// <summary>Whether the GC listed no survivor.</summary>
    public bool IsEmpty => _extents.Count == 0;

    public void Add(SurvivorExtent extent)
    {
        if (extent.Bytes == 0 || extent.OldStart >= GenerationExtent.MaxBytes || extent.NewStart >= GenerationExtent.MaxBytes
            || extent.Bytes >= GenerationExtent.MaxBytes)
        {
            return;
        }

        if (_extents.Count >= _maxExtents)
            Shrink();
        if (_isSorted && _extents.Count > 0 && _extents[^1].OldStart > extent.OldStart)
            _isSorted = false;
        _extents.Add(extent);
    }

    /// <summary>All of them by old address.</summary>
    public ReadOnlySpan<SurvivorExtent> Sorted()
    {
        if (!_isSorted)
            SortBy(_extents, static extent => extent.OldStart);
        _isSorted = true;
        return CollectionsMarshal.AsSpan(_extents);
    }

    /// <summary>All of them by new address; valid until the next call of any member.</summary>
    public ReadOnlySpan<SurvivorExtent> SortedByNewStart()
    {
        ReadOnlySpan<SurvivorExtent> extents = Sorted();
        bool isInOrder = true;
        for (int i = 1; i < extents.Length && isInOrder; i++)
            isInOrder = extents[i - 1].NewStart <= extents[i].NewStart;
        if (isInOrder)
            return extents;

        _byNewStart.Clear();
        _byNewStart.AddRange(extents);
        SortBy(_byNewStart, static extent => extent.NewStart);
        return CollectionsMarshal.AsSpan(_byNewStart);
    }

    /// <summary>Forgets all, for the next GC.</summary>
    public void Clear()
    {
        _extents.Clear();
        _byNewStart.Clear();
        _mergedGapBytes = 0;
        _isSorted = true;
    }

    /// <summary>The run that holds the address; null when what was there is dead.</summary>
    public SurvivorExtent? Find(ulong oldAddress)
    {
        ReadOnlySpan<SurvivorExtent> extents = Sorted();
        int low = 0;
        int high = extents.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (extents[middle].OldStart <= oldAddress)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high >= 0 && oldAddress < extents[high].OldEnd ? extents[high] : null;
    }

    // Keys of their own sort several times faster than a comparison of extents.
    private static void SortBy(List<SurvivorExtent> extents, Func<SurvivorExtent, ulong> keyOf)
    {
        Span<SurvivorExtent> span = CollectionsMarshal.AsSpan(extents);
        ulong[] keys = ArrayPool<ulong>.Shared.Rent(span.Length);
        for (int i = 0; i < span.Length; i++)
            keys[i] = keyOf(span[i]);
        keys.AsSpan(0, span.Length).Sort(span);
        ArrayPool<ulong>.Shared.Return(keys);
    }

    private void Shrink()
    {
        while (_extents.Count > _maxExtents / 2)
        {
            _mergedGapBytes = Math.Max(FirstMergedGapBytes, 2 * _mergedGapBytes);
            Span<SurvivorExtent> extents = Sorted().Length == 0 ? default : CollectionsMarshal.AsSpan(_extents);
            int last = 0;
            for (int i = 1; i < extents.Length; i++)
            {
                if (!TryMerge(ref extents[last], extents[i]))
                    extents[++last] = extents[i];
            }

            _extents.RemoveRange(last + 1, _extents.Count - last - 1);
        }
    }

    private bool TryMerge(ref SurvivorExtent one, SurvivorExtent next)
    {
        ulong gap = next.OldStart - one.OldEnd;
        bool isMoved = unchecked(next.NewStart - one.NewStart) != next.OldStart - one.OldStart;
        if (next.OldStart < one.OldEnd || gap > _mergedGapBytes || isMoved || next.Bytes > MaxMergedBytes
            || one.OldStart >> RegionAlignmentBits != next.OldStart >> RegionAlignmentBits)
        {
            return false;
        }

        one = one with { Bytes = one.Bytes + gap + next.Bytes, InnerFreeBytes = one.InnerFreeBytes + gap + next.InnerFreeBytes };
        return true;
    }
}
