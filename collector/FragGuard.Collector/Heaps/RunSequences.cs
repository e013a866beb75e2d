using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Live runs as they come: region by region, mostly in the order of addresses within each. Such sequences stay where they are
/// and are put into one order whole; only the runs of those that cross each other are sorted.
/// </summary>
internal sealed class RunSequences
{
    private const int FirstRoom = 256;

    // The runtime's regions are at least this large; without regions there are more sequences, and no harm.
    private const int RegionBits = 22;
    private const ulong NoWindow = ulong.MaxValue;

    private readonly AddressOrder _order = new();
    private readonly AddressOrder _crossing = new();
    private LiveRun[] _runs = new LiveRun[FirstRoom];
    private LiveRun[] _ordered = [];

    // Runs of sequences that cross each other.
    private LiveRun[] _sorted = [];
    private LiveRun[] _unsorted = [];

    // By place in the runs, and by address.
    private Part[] _parts = new Part[16];
    private Part[] _inOrder = new Part[16];
    private int _partCount;
    private int _inOrderCount;
    private int _sortedCount;
    private bool _isInOrder = true;

    // Of the sequence that grows: its last run, and the stretch of address space it stays in.
    private ulong _lastEnd = ulong.MaxValue;
    private ulong _window = NoWindow;

    public int Count { get; private set; }

    /// <summary>Makes the last run longer, if the bytes follow it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryExtend(ulong start, ulong bytes)
    {
        if (start != _lastEnd)
            return false;

        _lastEnd = start + bytes;
        ref LiveRun last = ref _runs[Count - 1];
        last = new LiveRun(last.Start, last.Bytes + bytes, last.InnerFreeBytes);
        return true;
    }

    public void Add(ulong start, ulong bytes)
    {
        if (Count == _runs.Length)
            Array.Resize(ref _runs, 2 * Count);
        if (start >> RegionBits != _window || start < _lastEnd)
            Turn(start);
        else
            _parts[_partCount - 1].AddGap(start - _lastEnd);
        _runs[Count++] = new LiveRun(start, bytes);
        _lastEnd = start + bytes;
    }

    /// <summary>
    /// Adds the extents up to the first one that is none, lies outside of an address range, begins another sequence, or for which
    /// there is no room.
    /// </summary>
    /// <param name="fromStart">Where the extents were before the GC: not before this address,</param>
    /// <param name="fromEnd">nor behind this one.</param>
    /// <param name="mostRuns">No more runs are kept.</param>
    /// <returns>How many were added.</returns>
    // Optimized from its first call: a call lasts as long as an event has extents.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int AddAhead<T>(ReadOnlySpan<T> extents, ulong fromStart, ulong fromEnd, int mostRuns)
        where T : struct, IListedExtent
    {
        if (_window == NoWindow)
            return 0;

        Span<LiveRun> runs = _runs.AsSpan(0, Math.Max(Count, Math.Min(_runs.Length, mostRuns)));
        int last = Count - 1;
        ulong lastStart = runs[last].Start;
        ulong lastEnd = _lastEnd;
        ulong windowEnd = (_window + 1) << RegionBits;
        ulong bytesAdded = 0;
        ulong largestGap = 0;
        int added = 0;
        fromEnd = Math.Min(fromEnd, GenerationExtent.MaxBytes);
        ulong range = fromEnd > fromStart ? fromEnd - fromStart : 0;
        foreach (ref readonly T extent in extents)
        {
            ulong from = extent.From;
            ulong to = extent.To;
            ulong bytes = extent.Length;

            // A difference below 0 is a very large number.
            if (from - fromStart >= range || bytes - 1 >= fromEnd - from || to < lastEnd || to >= windowEnd)
                break;

            if (to != lastEnd)
            {
                int next = last + 1;
                if (next >= runs.Length)
                    break;

                runs[last] = new LiveRun(lastStart, lastEnd - lastStart);
                largestGap = Math.Max(largestGap, to - lastEnd);
                lastStart = to;
                last = next;
            }

            lastEnd = to + bytes;
            bytesAdded += bytes;
            added++;
        }

        // What the runs grew by and no extent covers are the gaps.
        _parts[_partCount - 1].AddGaps(lastEnd - _lastEnd - bytesAdded, largestGap);
        runs[last] = new LiveRun(lastStart, lastEnd - lastStart);
        Count = last + 1;
        _lastEnd = lastEnd;
        return added;
    }

    public void Clear() => KeepFirst(0);

    /// <summary>Drops the rest; the runs are in order.</summary>
    public void KeepFirst(int count)
    {
        Count = count;
        _partCount = 0;
        _isInOrder = true;
        _window = NoWindow;
        _lastEnd = count == 0 ? ulong.MaxValue : _runs[count - 1].End;
        if (count > 0)
            AddPart(default);
    }

    /// <summary>All runs by address; valid until the next call of any member.</summary>
    public Span<LiveRun> InOrder()
    {
        if (!_isInOrder)
        {
            if (_ordered.Length < _runs.Length)
                _ordered = new LiveRun[_runs.Length];
            int count = 0;
            for (int i = 0, sequences = Order(); i < sequences; i++)
            {
                ReadOnlySpan<LiveRun> runs = Sequence(i).Runs;
                runs.CopyTo(_ordered.AsSpan(count));
                count += runs.Length;
            }

            (_runs, _ordered) = (_ordered, _runs);
            KeepFirst(count);
        }

        return _runs.AsSpan(0, Count);
    }

    /// <summary>Puts the sequences into order: none begins before the last run of the one before it.</summary>
    /// <returns>Their number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Order()
    {
        ClosePart();
        _sortedCount = 0;
        _inOrderCount = 0;
        if (_inOrder.Length < _partCount)
            _inOrder = new Part[_parts.Length];
        if (_isInOrder)
        {
            _parts.AsSpan(0, _partCount).CopyTo(_inOrder);
            return _inOrderCount = _partCount;
        }

        _order.Clear(_partCount);
        for (int i = 0; i < _partCount; i++)
            _order.Add(_runs[_parts[i].Start].Start);
        _order.Sort();
        PutInOrder(_order.Places);
        return _inOrderCount;
    }

    /// <summary>One of those that were put into order; valid until the next call of any other member.</summary>
    public RunSequence Sequence(int index)
    {
        ref readonly Part part = ref _inOrder[index];
        ReadOnlySpan<LiveRun> runs = (part.IsSorted ? _sorted : _runs).AsSpan(part.Start, part.Count);
        return new RunSequence(
            runs, part.HasSums, part.HasSums ? runs[^1].End - runs[0].Start - part.GapBytes : 0, part.LargestGapBytes);
    }

    // What begins behind everything before it crosses none of that.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PutInOrder(ReadOnlySpan<int> places)
    {
        int first = 0;
        while (first < places.Length)
        {
            int end = first + 1;
            ulong lastStart = _runs[_parts[places[first]].Last].Start;
            for (; end < places.Length && _runs[_parts[places[end]].Start].Start < lastStart; end++)
                lastStart = Math.Max(lastStart, _runs[_parts[places[end]].Last].Start);
            _inOrder[_inOrderCount++] = end == first + 1 ? _parts[places[first]] : Together(places[first..end]);
            first = end;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Part Together(ReadOnlySpan<int> crossing)
    {
        if (_sorted.Length < _runs.Length)
            (_sorted, _unsorted) = (new LiveRun[_runs.Length], new LiveRun[_runs.Length]);
        int start = _sortedCount;
        int count = 0;
        foreach (int place in crossing)
        {
            ref readonly Part part = ref _parts[place];
            _runs.AsSpan(part.Start, part.Count).CopyTo(_unsorted.AsSpan(count));
            count += part.Count;
        }

        _crossing.Clear(count);
        for (int i = 0; i < count; i++)
            _crossing.Add(_unsorted[i].Start);
        _crossing.Sort();
        foreach (int place in _crossing.Places)
            _sorted[_sortedCount++] = _unsorted[place];
        return new Part { Start = start, Count = count, IsSorted = true };
    }

    private void Turn(ulong start)
    {
        _isInOrder &= Count == 0 || start >= _runs[Count - 1].Start;
        ClosePart();
        AddPart(new Part { Start = Count, HasSums = true });
        _window = start >> RegionBits;
    }

    private void AddPart(Part part)
    {
        if (_partCount == _parts.Length)
            Array.Resize(ref _parts, 2 * _partCount);
        _parts[_partCount++] = part;
    }

    private void ClosePart()
    {
        if (_partCount > 0)
            _parts[_partCount - 1].Count = Count - _parts[_partCount - 1].Start;
    }

    /// <summary>A sequence, or several that cross each other once they are sorted.</summary>
    private struct Part
    {
        public int Start;
        public int Count;
        public bool IsSorted;
        public bool HasSums;
        public ulong GapBytes;
        public ulong LargestGapBytes;

        public readonly int Last => Start + Count - 1;

        public void AddGap(ulong bytes) => AddGaps(bytes, bytes);

        public void AddGaps(ulong bytes, ulong largest)
        {
            GapBytes += bytes;
            LargestGapBytes = Math.Max(LargestGapBytes, largest);
        }
    }
}
