using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The live runs of one region, by address, without overlap; runs that touch are one.</summary>
internal sealed class LiveRuns
{
    private const int MaxRoom = 1 << 16;

    // Where runs wait while others are put before them.
    [ThreadStatic]
    private static LiveRun[]? t_room;

    private readonly List<LiveRun> _runs = [];

    public int Count => _runs.Count;

    public ReadOnlySpan<LiveRun> Span => CollectionsMarshal.AsSpan(_runs);

    /// <summary>The run that holds the address; −1 when none does.</summary>
    public int IndexOf(ulong address)
    {
        int low = 0;
        int high = _runs.Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (_runs[middle].Start <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high >= 0 && address < _runs[high].End ? high : -1;
    }

    public void Clear() => _runs.Clear();

    /// <summary>
    /// Adds runs that are in order. What overlaps a run that is there already replaces none of it: the stream may lie.
    /// </summary>
    /// <param name="end">Runs that go on behind it are left out.</param>
    /// <returns>Whether there is any other.</returns>
    public bool Merge(ReadOnlySpan<LiveRun> added, ulong end = ulong.MaxValue)
    {
        if (added.IsEmpty)
            return false;

        int first = _runs.Count == 0 || _runs[^1].Start <= added[0].Start ? _runs.Count : FirstBehind(added[0].Start);
        ReadOnlySpan<LiveRun> behind = Span[first..];
        if (behind.IsEmpty)
            return Weave(first, [], added, end);

        LiveRun[] room = t_room is { } known && known.Length >= behind.Length ? known : new LiveRun[2 * behind.Length];
        behind.CopyTo(room);
        t_room = room.Length <= MaxRoom ? room : null;
        return Weave(first, room.AsSpan(0, behind.Length), added, end);
    }

    /// <summary>The same without the places of holes up to that size; their bytes stay counted.</summary>
    public LiveRuns Coarsened(ulong gapBytes)
    {
        LiveRuns coarse = new();
        foreach (LiveRun run in _runs)
            Append(coarse._runs, run, gapBytes);
        return coarse;
    }

    private int FirstBehind(ulong address)
    {
        int low = 0;
        int high = _runs.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_runs[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    // Optimized from its first call: a call lasts as long as a region has runs.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Weave(int count, ReadOnlySpan<LiveRun> there, ReadOnlySpan<LiveRun> added, ulong end)
    {
        CollectionsMarshal.SetCount(_runs, count + there.Length + added.Length);
        Span<LiveRun> runs = CollectionsMarshal.AsSpan(_runs);
        bool isAdded = false;
        foreach (ref readonly LiveRun run in added)
        {
            if (run.Bytes > end - run.Start)
                continue;

            if (!there.IsEmpty)
            {
                int before = CountUpTo(there, run.Start);
                Put(runs, ref count, there[..before]);
                there = there[before..];
            }

            Put(runs, ref count, run);
            isAdded = true;
        }

        Put(runs, ref count, there);
        CollectionsMarshal.SetCount(_runs, count);
        return isAdded;
    }

    // In steps that double, then halve: few runs are added to many, or many to few.
    private static int CountUpTo(ReadOnlySpan<LiveRun> runs, ulong start)
    {
        int low = 0;
        int high = 1;
        while (high <= runs.Length && runs[high - 1].Start <= start)
        {
            low = high;
            high *= 2;
        }

        high = Math.Min(high - 1, runs.Length);
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

    // Only the first of runs that lie apart can meet what is before them.
    private static void Put(Span<LiveRun> runs, ref int count, ReadOnlySpan<LiveRun> apart)
    {
        int met = 0;
        while (met < apart.Length && count > 0 && apart[met].Start <= runs[count - 1].End)
            Put(runs, ref count, apart[met++]);
        apart[met..].CopyTo(runs[count..]);
        count += apart.Length - met;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put(Span<LiveRun> runs, ref int count, in LiveRun run)
    {
        if (count > 0 && run.Start <= runs[count - 1].End)
            runs[count - 1] = Joined(runs[count - 1], run);
        else
            runs[count++] = run;
    }

    private static void Append(List<LiveRun> runs, LiveRun run, ulong mergedGapBytes)
    {
        if (runs.Count == 0 || run.Start > runs[^1].End + mergedGapBytes)
        {
            runs.Add(run);
            return;
        }

        runs[^1] = Joined(runs[^1], run);
    }

    // A run that begins behind the end of the last one, where their gap is to be merged, or inside it.
    private static LiveRun Joined(LiveRun last, LiveRun run)
    {
        if (run.Start >= last.End)
        {
            ulong gap = run.Start - last.End;
            return last with
            {
                Bytes = last.Bytes + gap + run.Bytes,
                InnerFreeBytes = last.InnerFreeBytes + gap + run.InnerFreeBytes,
            };
        }

        // Inside a coarse run: what was free there is in use now. Past its end: the rest is new.
        ulong filled = Math.Min(last.InnerFreeBytes, Math.Min(run.End, last.End) - run.Start);
        ulong end = Math.Max(last.End, run.End);
        return new LiveRun(last.Start, end - last.Start, last.InnerFreeBytes - filled);
    }
}
