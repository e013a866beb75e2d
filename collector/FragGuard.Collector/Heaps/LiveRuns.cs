using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The live runs of one region, by address, without overlap; runs that touch are one.</summary>
internal sealed class LiveRuns
{
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
    public void Merge(ReadOnlySpan<LiveRun> added)
    {
        if (added.IsEmpty)
            return;

        if (_runs.Count == 0 || _runs[^1].End <= added[0].Start)
        {
            foreach (LiveRun run in added)
                Append(_runs, run, mergedGapBytes: 0);
            return;
        }

        LiveRun[] earlier = [.. _runs];
        _runs.Clear();
        int next = 0;
        foreach (LiveRun run in added)
        {
            for (; next < earlier.Length && earlier[next].Start <= run.Start; next++)
                Append(_runs, earlier[next], mergedGapBytes: 0);
            Append(_runs, run, mergedGapBytes: 0);
        }

        for (; next < earlier.Length; next++)
            Append(_runs, earlier[next], mergedGapBytes: 0);
    }

    /// <summary>The same without the places of holes up to that size; their bytes stay counted.</summary>
    public LiveRuns Coarsened(ulong gapBytes)
    {
        LiveRuns coarse = new();
        foreach (LiveRun run in _runs)
            Append(coarse._runs, run, gapBytes);
        return coarse;
    }

    private static void Append(List<LiveRun> runs, LiveRun run, ulong mergedGapBytes)
    {
        if (runs.Count == 0 || run.Start > runs[^1].End + mergedGapBytes)
        {
            runs.Add(run);
            return;
        }

        LiveRun last = runs[^1];
        if (run.Start >= last.End)
        {
            ulong gap = run.Start - last.End;
            runs[^1] = last with
            {
                Bytes = last.Bytes + gap + run.Bytes,
                InnerFreeBytes = last.InnerFreeBytes + gap + run.InnerFreeBytes,
            };
            return;
        }

        // Inside a coarse run: what was free there is in use now. Past its end: the rest is new.
        ulong filled = Math.Min(last.InnerFreeBytes, Math.Min(run.End, last.End) - run.Start);
        ulong end = Math.Max(last.End, run.End);
        runs[^1] = new LiveRun(last.Start, end - last.Start, last.InnerFreeBytes - filled);
    }
}
