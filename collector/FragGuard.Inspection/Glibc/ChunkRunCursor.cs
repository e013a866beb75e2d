using System.Collections;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Glibc;

/// <summary>Goes through the runs of one heap in address order.</summary>
public sealed class ChunkRunCursor : IEnumerator<ChunkRun>
{
    private readonly IReadOnlyList<RunPart> _parts;
    private uint[] _entries = [];
    private int _part;
    private int _next;
    private ulong _at;
    private long _bytes;
    private ChunkUse _use;

    internal ChunkRunCursor(IReadOnlyList<RunPart> parts) => _parts = parts;

    public ChunkRun Current => new(_at, _bytes, _use);

    object IEnumerator.Current => Current;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool MoveNext()
    {
        _at += (ulong)_bytes;
        _bytes = 0;
        while (_next < _entries.Length || MoveToNextPart())
        {
            uint entry = _entries[_next++];
            uint length = entry & ~RunPart.UseBits;
            _bytes += length;
            if (length == RunPart.MostBytes)
                continue;
            _use = (ChunkUse)(entry & RunPart.UseBits);
            return true;
        }

        return false;
    }

    public void Reset()
    {
        _entries = [];
        _part = 0;
        _next = 0;
        _bytes = 0;
    }

    public void Dispose()
    {
        // There is nothing to give back.
    }

    private bool MoveToNextPart()
    {
        if (_part == _parts.Count)
            return false;
        RunPart part = _parts[_part++];
        _entries = part.Entries;
        _at = part.Start;
        _next = 0;
        return true;
    }
}
