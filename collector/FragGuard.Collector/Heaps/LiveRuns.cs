using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The live runs of one region, by address, without overlap; runs that touch are one. Their sums go with them.</summary>
internal sealed class LiveRuns
{
    private const int FirstRoom = 16;

    private LiveRun[] _runs = [];
    private ulong _largestGapBytes;

    // Whether the largest gap may have become smaller.
    private bool _isGapStale;

    public int Count { get; private set; }

    public ReadOnlySpan<LiveRun> Span => _runs.AsSpan(0, Count);

    /// <summary>Bytes of all runs.</summary>
    public ulong Bytes { get; private set; }

    /// <summary>Dead bytes inside of runs.</summary>
    public ulong InnerFreeBytes { get; private set; }

    /// <summary>Bytes of the largest gap between two runs.</summary>
    public ulong LargestGapBytes
    {
        get
        {
            if (_isGapStale)
                FindLargestGap();
            return _largestGapBytes;
        }
    }

    /// <summary>The run that holds the address; −1 when none does.</summary>
    public int IndexOf(ulong address)
    {
        int at = CountUpTo(Span, address) - 1;
        return at >= 0 && address < _runs[at].End ? at : -1;
    }

    public void Clear()
    {
        Count = 0;
        Bytes = 0;
        InnerFreeBytes = 0;
        _largestGapBytes = 0;
        _isGapStale = false;
    }

    /// <summary>
    /// Adds runs that are in order. What overlaps a run that is there already replaces none of it: the stream may lie.
    /// </summary>
    /// <param name="end">Runs that go on behind it are left out.</param>
    /// <returns>Whether there is any other.</returns>
    public bool Merge(ReadOnlySpan<LiveRun> added, ulong end = ulong.MaxValue)
    {
        if (added.IsEmpty)
            return false;

        Reserve(Count + added.Length);
        int first = CountUpTo(Span, added[0].Start);
        return first == Count ? Append(added, end) : Insert(first, added, end);
    }

    /// <summary>Adds runs whose sums are known, if they lie apart and behind all that are there.</summary>
    /// <param name="end">None of them goes on behind it.</param>
    public bool TryAppend(RunSequence added, ulong end)
    {
        if (!added.IsApart || added.Runs[^1].End > end || (Count > 0 && added.Runs[0].Start <= _runs[Count - 1].End))
            return false;

        ulong gap = Count > 0 ? added.Runs[0].Start - _runs[Count - 1].End : 0;
        Reserve(Count + added.Runs.Length);
        added.Runs.CopyTo(_runs.AsSpan(Count));
        Count += added.Runs.Length;
        Bytes += added.Bytes;
        _largestGapBytes = Math.Max(_largestGapBytes, Math.Max(gap, added.LargestGapBytes));
        return true;
    }

    /// <summary>The same without the places of holes up to that size; their bytes stay counted.</summary>
    public LiveRuns Coarsened(ulong gapBytes)
    {
        LiveRuns coarse = new();
        foreach (ref readonly LiveRun run in Span)
            coarse.Append(run, gapBytes);
        return coarse;
    }

    private void Reserve(int runs)
    {
        if (_runs.Length < runs)
            Array.Resize(ref _runs, Math.Max(runs, Math.Max(FirstRoom, 2 * _runs.Length)));
    }

    // Optimized from its first call: a call lasts as long as a region has runs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Append(ReadOnlySpan<LiveRun> added, ulong end)
    {
        Span<LiveRun> runs = _runs;
        int count = Count;
        int skipped = 0;
        ulong bytes = 0;
        ulong innerFree = 0;
        ulong largest = _largestGapBytes;
        ulong at = count == 0 ? 0 : runs[count - 1].End;
        foreach (ref readonly LiveRun run in added)
        {
            if (run.Bytes > end - run.Start)
            {
                skipped++;
                continue;
            }

            if (count > 0 && run.Start <= at)
            {
                Count = count;
                Join(run);
                at = runs[count - 1].End;
                continue;
            }

            largest = count == 0 ? largest : Math.Max(largest, run.Start - at);
            runs[count++] = run;
            bytes += run.Bytes;
            innerFree += run.InnerFreeBytes;
            at = run.End;
        }

        Count = count;
        Bytes += bytes;
        InnerFreeBytes += innerFree;
        _largestGapBytes = largest;
        return skipped < added.Length;
    }

    private void Append(in LiveRun run, ulong mergedGapBytes)
    {
        if (Count > 0 && run.Start <= _runs[Count - 1].End + mergedGapBytes)
        {
            Join(run);
            return;
        }

        if (Count > 0)
            _largestGapBytes = Math.Max(_largestGapBytes, run.Start - _runs[Count - 1].End);
        Reserve(Count + 1);
        _runs[Count++] = run;
        Bytes += run.Bytes;
        InnerFreeBytes += run.InnerFreeBytes;
    }

    // What is behind the first place waits at the end of the array and comes back in turn.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Insert(int first, ReadOnlySpan<LiveRun> added, ulong end)
    {
        int behind = first + added.Length;
        int stop = Count + added.Length;
        Span.Slice(first).CopyTo(_runs.AsSpan(behind));
        Count = first;
        int skipped = 0;
        foreach (ref readonly LiveRun run in added)
        {
            if (run.Bytes > end - run.Start)
            {
                skipped++;
                continue;
            }

            int next = behind + CountNear(_runs.AsSpan(behind, stop - behind), run.Start);
            TakeBack(behind, next);
            behind = next;
            if (behind < stop)
                InsertBefore(_runs[behind].Start, run);
            else
                Append(run, mergedGapBytes: 0);
        }

        TakeBack(behind, stop);
        return skipped < added.Length;
    }

    private void InsertBefore(ulong next, in LiveRun run)
    {
        if (Count == 0)
        {
            _largestGapBytes = Math.Max(_largestGapBytes, next > run.End ? next - run.End : 0);
        }
        else
        {
            ulong end = _runs[Count - 1].End;
            _isGapStale |= next > end && next - end >= _largestGapBytes;
        }

        Append(run, mergedGapBytes: 0);
    }

    // Only the first of runs that lie apart can meet what is before them.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void TakeBack(int start, int end)
    {
        int at = start;
        while (at < end && Count > 0 && _runs[at].Start <= _runs[Count - 1].End)
        {
            LiveRun met = _runs[at++];
            Bytes -= met.Bytes;
            InnerFreeBytes -= met.InnerFreeBytes;
            Join(met);
            _isGapStale |= _runs[Count - 1].End != met.End;
        }

        if (at != Count)
            _runs.AsSpan(at, end - at).CopyTo(_runs.AsSpan(Count));
        Count += end - at;
    }

    private void Join(in LiveRun run)
    {
        ref LiveRun last = ref _runs[Count - 1];
        LiveRun joined = last.With(run);
        Bytes += joined.Bytes - last.Bytes;
        InnerFreeBytes += joined.InnerFreeBytes - last.InnerFreeBytes;
        last = joined;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FindLargestGap()
    {
        ReadOnlySpan<LiveRun> runs = Span;
        ulong largest = 0;
        for (int i = 1; i < runs.Length; i++)
            largest = Math.Max(largest, runs[i].Start - runs[i - 1].End);
        _largestGapBytes = largest;
        _isGapStale = false;
    }

    // In steps that double, then halve: few runs are added to many, or many to few.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountNear(ReadOnlySpan<LiveRun> runs, ulong start)
    {
        int low = 0;
        int high = 1;
        while (high <= runs.Length && runs[high - 1].Start <= start)
        {
            low = high;
            high *= 2;
        }

        return low + CountUpTo(runs[low..Math.Min(high - 1, runs.Length)], start);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int CountUpTo(ReadOnlySpan<LiveRun> runs, ulong start)
    {
        int low = 0;
        int high = runs.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (runs[middle].Start <= start)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
