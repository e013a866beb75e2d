using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>Collects the runs of one heap in address order.</summary>
/// <param name="start">Address of the heap.</param>
/// <param name="most">More are not kept, and then none.</param>
/// <param name="joins">Whether used chunks beside each other become one run.</param>
/// <param name="spare">Parts of other lists that nobody reads any more: they are filled before new ones are made.</param>
internal sealed class RunList(ulong start, long most, bool joins = true, Stack<uint[]>? spare = null)
{
    private const int EntriesOfPart = 16 << 10;

    private readonly ulong _start = start;
    private readonly List<uint[]> _parts = [];
    private uint[] _part = [];
    private ulong _end = start;
    private long _bytes;
    private ChunkUse _use;
    private int _entries = EntriesOfPart;
    private int _count;
    private bool _isTooLong;

    public void Add(ulong at, long bytes, ChunkUse use)
    {
        if (bytes <= 0 || _isTooLong)
            return;
        if (at > _end)
            Append((long)(at - _end), ChunkUse.Outside);
        Append(bytes, use);
    }

    /// <summary>Ends the list; null when there were too many to keep.</summary>
    public ChunkRunCollection? Finish()
    {
        Flush();
        return _isTooLong ? null : new ChunkRunCollection(_start, _parts, _entries, _count);
    }

    private void Append(long bytes, ChunkUse use)
    {
        _end += (ulong)bytes;
        if (use == _use && Joins(use))
        {
            _bytes += bytes;
            return;
        }

        Flush();
        _use = use;
        _bytes = bytes;
    }

    private void Flush()
    {
        if (_bytes == 0 || _isTooLong)
            return;
        while (_bytes >= ChunkRunCollection.MostBytes)
        {
            Write(ChunkRunCollection.MostBytes | (uint)_use);
            _bytes -= ChunkRunCollection.MostBytes;
        }

        Write((uint)_bytes | (uint)_use);
        _bytes = 0;
        if (++_count < most)
            return;
        _isTooLong = true;
        _parts.Clear();
    }

    private void Write(uint entry)
    {
        if (_entries == EntriesOfPart)
            AddPart();
        _part[_entries++] = entry;
    }

    private void AddPart()
    {
        _part = spare is { Count: > 0 } ? spare.Pop() : new uint[EntriesOfPart];
        _parts.Add(_part);
        _entries = 0;
    }

    private bool Joins(ChunkUse use) =>
        (joins || use != ChunkUse.Used) && use is ChunkUse.Used or ChunkUse.Metadata or ChunkUse.Unparsed or ChunkUse.Outside;
}
