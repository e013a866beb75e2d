using System.Collections;
using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>Goes through the runs of one heap in address order.</summary>
public sealed class ChunkRunCursor : IEnumerator<ChunkRun>
{
    private readonly ulong _start;
    private readonly IReadOnlyList<uint[]> _parts;
    private readonly int _entriesOfLastPart;
    private readonly Stack<uint[]>? _spent;
    private uint[] _entries = [];
    private int _part;
    private int _next;
    private int _count;
    private ulong _at;
    private long _bytes;
    private ChunkUse _use;

    internal ChunkRunCursor(ulong start, IReadOnlyList<uint[]> parts, int entriesOfLastPart, Stack<uint[]>? spent)
    {
        _start = start;
        _parts = parts;
        _entriesOfLastPart = entriesOfLastPart;
        _spent = spent;
        Reset();
    }

    public ChunkRun Current => new(_at, _bytes, _use);

    object IEnumerator.Current => Current;

    public bool MoveNext()
    {
        _at += (ulong)_bytes;
        _bytes = 0;
        while (_next < _count || MoveToNextPart())
        {
            uint entry = _entries[_next++];
            uint length = entry & ~ChunkRunCollection.UseBits;
            _bytes += length;
            if (length == ChunkRunCollection.MostBytes)
                continue;
            _use = (ChunkUse)(entry & ChunkRunCollection.UseBits);
            return true;
        }

        return false;
    }

    public void Reset()
    {
        _at = _start;
        _bytes = 0;
        _part = -1;
        _next = 0;
        _count = 0;
    }

    public void Dispose()
    {
        // There is nothing to give back.
    }

    private bool MoveToNextPart()
    {
        if (_part == _parts.Count)
            return false;
        if (_part >= 0)
            _spent?.Push(_entries);
        if (++_part == _parts.Count)
            return false;
        _entries = _parts[_part];
        _next = 0;
        _count = _part == _parts.Count - 1 ? _entriesOfLastPart : _entries.Length;
        return _count > 0;
    }
}
