using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>
/// Live runs as they come: region by region, mostly in the order of addresses within each. Such sequences are put into one
/// order by copying them whole; only those that cross each other are sorted.
/// </summary>
internal sealed class RunSequences
{
    private const int FirstRoom = 256;

    // The runtime's regions are at least this large; without regions there are more sequences, and no harm.
    private const int RegionBits = 22;

    // Where each sequence but the first begins.
    private readonly List<int> _turns = [];
    private readonly AddressOrder _order = new();
    private readonly AddressOrder _crossing = new();
    private LiveRun[] _unordered = [];
    private LiveRun[] _runs = new LiveRun[FirstRoom];
    private LiveRun[] _ordered = [];
    private ulong _lastStart;
    private bool _isInOrder = true;
    private ulong _lastEnd = ulong.MaxValue;

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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ulong start, ulong bytes)
    {
        if (Count == _runs.Length)
            Array.Resize(ref _runs, 2 * Count);
        if ((start ^ _lastStart) >> RegionBits != 0 || start < _lastStart)
            Turn(start);
        _runs[Count++] = new LiveRun(start, bytes);
        _lastStart = start;
        _lastEnd = start + bytes;
    }

    public void Clear() => KeepFirst(0);

    /// <summary>Drops the rest; the runs are in order.</summary>
    public void KeepFirst(int count)
    {
        Count = count;
        _turns.Clear();
        _isInOrder = true;
        _lastStart = count == 0 ? 0 : _runs[count - 1].Start;
        _lastEnd = count == 0 ? ulong.MaxValue : _runs[count - 1].End;
    }

    /// <summary>All runs by address; valid until the next call of any member.</summary>
    public Span<LiveRun> InOrder()
    {
        if (!_isInOrder)
            Order();
        return _runs.AsSpan(0, Count);
    }

    private void Turn(ulong start)
    {
        if (Count > 0)
            _turns.Add(Count);
        _isInOrder &= start >= _lastStart;
    }

    private void Order()
    {
        SortSequences();
        if (_ordered.Length < _runs.Length)
            _ordered = new LiveRun[_runs.Length];
        int count = 0;
        int inOrder = 0;
        ulong lastStart = 0;
        bool isCrossing = false;
        foreach (int sequence in _order.Places)
        {
            int start = sequence == 0 ? 0 : _turns[sequence - 1];
            int end = sequence == _turns.Count ? Count : _turns[sequence];

            // What begins behind everything before it crosses none of that.
            if (_runs[start].Start >= lastStart)
            {
                if (isCrossing)
                    Sort(_ordered.AsSpan(inOrder, count - inOrder));
                inOrder = count;
                isCrossing = false;
            }
            else
            {
                isCrossing = true;
            }

            _runs.AsSpan(start, end - start).CopyTo(_ordered.AsSpan(count));
            count += end - start;
            lastStart = Math.Max(lastStart, _runs[end - 1].Start);
        }

        if (isCrossing)
            Sort(_ordered.AsSpan(inOrder, count - inOrder));
        (_runs, _ordered) = (_ordered, _runs);
        KeepFirst(count);
    }

    private void SortSequences()
    {
        _order.Clear(_turns.Count + 1);
        _order.Add(_runs[0].Start);
        foreach (int start in _turns)
            _order.Add(_runs[start].Start);
        _order.Sort();
    }

    private void Sort(Span<LiveRun> runs)
    {
        _crossing.Clear(runs.Length);
        foreach (ref readonly LiveRun run in runs)
            _crossing.Add(run.Start);
        _crossing.Sort();
        if (_unordered.Length < runs.Length)
            _unordered = new LiveRun[_runs.Length];
        runs.CopyTo(_unordered);
        ReadOnlySpan<int> places = _crossing.Places;
        for (int i = 0; i < runs.Length; i++)
            runs[i] = _unordered[places[i]];
    }
}
