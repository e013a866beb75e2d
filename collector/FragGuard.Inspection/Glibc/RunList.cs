using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Glibc;

/// <summary>Collects the runs of one heap in address order.</summary>
/// <param name="start">Address of the heap.</param>
/// <param name="most">More are not kept, and then none.</param>
/// <param name="joins">Whether used chunks beside each other become one run.</param>
/// <param name="spare">Room of other lists that nobody reads any more: it is filled before new one is made.</param>
/// <param name="shared">What is left for this list and others that will be appended to each other.</param>
internal sealed class RunList(ulong start, long most, bool joins = true, Stack<uint[]>? spare = null, RunBudget? shared = null)
{
    private const int LeastEntriesOfPart = 1 << 10;
    private const int MostEntriesOfPart = 1 << 14;

    private readonly ulong _start = start;
    private readonly List<RunPart> _parts = [];
    private RunBudget? _budget = shared;
    private uint[] _entries = [];
    private ulong _startOfPart = start;
    private int _entriesOfPart;
    private int _runsOfPart;

    private ulong _end = start;
    private long _bytes;
    private ChunkUse _use;
    private long _count;
    private bool _isTooLong;

    /// <summary>Bytes between the end of the last run and this one are <see cref="ChunkUse.Outside"/>.</summary>
    public void Add(ulong at, long bytes, ChunkUse use)
    {
        if (bytes <= 0 || _isTooLong)
            return;
        if (at > _end)
            Append((long)(at - _end), ChunkUse.Outside);
        Append(bytes, use);
    }

    /// <summary>Adds runs as they are kept already. They begin where the last one ends, and the first does not join it.</summary>
    public void Add(RunPart part)
    {
        EndPart();
        _parts.Add(part);
        _count += part.Runs;
        _end = part.End;
        _startOfPart = part.End;
    }

    /// <summary>Adds the runs of a list that begins where this one ends, and ends that one. None are kept when there are too many.</summary>
    public void Append(RunList later)
    {
        // Its runs are counted, and the lists are read for the last time now.
        _budget = null;
        ChunkRun last = later.TakeLast();
        if (later.Finish() is not { } runs || _isTooLong)
        {
            GiveUp();
            return;
        }

        for (int i = 0; i < runs.Parts.Count; i++)
        {
            if (i == 0)
                AddWithFirstJoined(runs.Parts[0]);
            else
                Add(runs.Parts[i]);
        }

        Add(last.Start, last.Bytes, last.Use);
    }

    /// <summary>Ends the list; null when there were too many to keep.</summary>
    public ChunkRunCollection? Finish()
    {
        EndPart();
        return _isTooLong ? null : new ChunkRunCollection(_start, _parts, (int)_count);
    }

    private void AddWithFirstJoined(RunPart part)
    {
        using ChunkRunCursor runs = new([part]);
        _ = runs.MoveNext();
        ChunkRun first = runs.Current;
        Add(first.Start, first.Bytes, first.Use);
        int entries = (int)(first.Bytes / RunPart.MostBytes) + 1;
        if (part.Runs > 1)
            Add(new RunPart(first.End, part.End, part.Entries[entries..], part.Runs - 1));
    }

    /// <summary>The last run, which others may still join.</summary>
    private ChunkRun TakeLast()
    {
        ChunkRun last = new(_end - (ulong)_bytes, _bytes, _use);
        _end = last.Start;
        _bytes = 0;
        return last;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Append(long bytes, ChunkUse use)
    {
        if (use == _use && Joins(use))
        {
            _bytes += bytes;
        }
        else
        {
            EndRun();
            _use = use;
            _bytes = bytes;
        }

        _end += (ulong)bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void EndRun()
    {
        if (_bytes == 0)
            return;
        uint[] entries = _entries;
        int next = _entriesOfPart;
        if (_bytes >= RunPart.MostBytes || (uint)next >= (uint)entries.Length)
        {
            WriteLong();
        }
        else
        {
            entries[next] = (uint)_bytes | (uint)_use;
            _entriesOfPart = next + 1;
        }

        _bytes = 0;
        _runsOfPart++;
        if (++_count >= most)
            GiveUp();
    }

    private void GiveUp()
    {
        _isTooLong = true;
        _parts.Clear();
        _entries = [];
    }

    /// <summary>Writes a run that needs several entries, all in one part, or a part of its own.</summary>
    private void WriteLong()
    {
        int needed = (int)(_bytes / RunPart.MostBytes) + 1;
        if (_entries.Length - _entriesOfPart < needed)
        {
            Seal(_end - (ulong)_bytes);
            _entries = Room(needed);
        }

        long left = _bytes;
        for (; left >= RunPart.MostBytes; left -= RunPart.MostBytes)
            _entries[_entriesOfPart++] = RunPart.MostBytes | (uint)_use;
        _entries[_entriesOfPart++] = (uint)left | (uint)_use;
    }

    /// <summary>As much as there is already, so that short lists take little.</summary>
    private uint[] Room(int needed)
    {
        if (spare is { Count: > 0 } && spare.Peek().Length >= needed)
            return spare.Pop();
        long length = Math.Clamp(_count, LeastEntriesOfPart, MostEntriesOfPart);
        return GC.AllocateUninitializedArray<uint>((int)Math.Max(length, needed));
    }

    private void EndPart()
    {
        if (!_isTooLong)
            EndRun();
        Seal(_end);
        _entries = [];
    }

    private void Seal(ulong end)
    {
        if (_runsOfPart > 0 && !_isTooLong)
        {
            _parts.Add(new RunPart(_startOfPart, end, Filled(), _runsOfPart));
            if (_budget?.TrySpend(_runsOfPart) == false)
                GiveUp();
        }

        _startOfPart = end;
        _entriesOfPart = 0;
        _runsOfPart = 0;
    }

    /// <summary>What is not filled of a part is not kept.</summary>
    private uint[] Filled()
    {
        if (_entriesOfPart == _entries.Length)
            return _entries;
        spare?.Push(_entries);
        return _entries[.._entriesOfPart];
    }

    private bool Joins(ChunkUse use) =>
        (joins || use != ChunkUse.Used) && use is ChunkUse.Used or ChunkUse.Metadata or ChunkUse.Unparsed or ChunkUse.Outside;
}
