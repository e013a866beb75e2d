using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>
/// The segments of a heap. New space that begins where the newest segment ends makes top longer; space that ends where
/// any segment begins is put in front of it; other space is a new segment, and its start is top. Top is always in the
/// newest segment, the allocator's own record always in the first.
/// </summary>
internal sealed class LuaJitSegments
{
    private readonly LuaJitRules _rules;
    private readonly LuaJitFreeChunks _free;
    private readonly LuaJitChunks _chunks;
    private readonly IMapPlacement _placement;
    private readonly LuaJitSegment _first;
    private LuaJitSegment _newest;
    private LuaJitSegment? _spare;
    private long _trimAboveBytes;
    private int _freesUntilRelease = LuaJitRules.ReleaseInterval;

    public LuaJitSegments(LuaJitRules rules, LuaJitFreeChunks free, IMapPlacement placement)
    {
        _rules = rules;
        _free = free;
        _chunks = free.Chunks;
        _placement = placement;
        _first = _newest = new LuaJitSegment(placement.Map(rules.GranularityBytes), rules.GranularityBytes, older: null);
        StateChunk = _first.First = _chunks.Add(_first.Start, LuaJitRules.Padded(rules.StateBytes));
        MappedBytes = _first.Bytes;
        OwnBytes = _chunks[StateChunk].Bytes + _first.FootBytes;
        StartTop(_chunks[StateChunk].Start + _chunks[StateChunk].Bytes, StateChunk);
    }

    /// <summary>The chunk that holds the allocator's own record.</summary>
    public int StateChunk { get; }

    /// <summary>Bytes of all segments.</summary>
    public long MappedBytes { get; private set; }

    /// <summary>Bytes of segments that serve the allocator itself.</summary>
    public long OwnBytes { get; private set; }

    /// <summary>The segments, newest first.</summary>
    public IEnumerable<LuaJitSegment> All
    {
        get
        {
            for (LuaJitSegment? segment = _newest; segment is not null; segment = segment.Older)
                yield return segment;
        }
    }

    /// <summary>A used chunk of that many bytes from new space; 0 when there is none.</summary>
    public int AllocateFromNewSpace(long chunkBytes)
    {
        long bytes = _rules.Granular(chunkBytes + LuaJitRules.FootBytes + 1);
        long start = _placement.Map(bytes);
        if (start < 0)
            return 0;
        MappedBytes += bytes;
        if (start == _newest.End)
        {
            _newest.Bytes += bytes;
            _chunks[_free.Top].Bytes += bytes;
            _trimAboveBytes = _rules.TrimBytes;
        }
        else if (BeginningAt(start + bytes) is { } segment)
        {
            return AllocateInFront(segment, start, bytes, chunkBytes);
        }
        else
        {
            AddSegment(start, bytes);
        }

        return chunkBytes < _free.TopBytes ? TakeFromTop(chunkBytes) : 0;
    }

    /// <summary>Cuts a used chunk from the start of top, which must be longer.</summary>
    public int TakeFromTop(long chunkBytes)
    {
        int taken = _free.Top;
        _free.Top = _chunks.Split(taken, chunkBytes);
        _chunks[_free.Top].IsFree = true;
        _chunks[taken].IsFree = false;
        return taken;
    }

    /// <summary>Says that top has grown by a free.</summary>
    public void TopGrew()
    {
        if (_free.TopBytes > _trimAboveBytes)
            Trim();
    }

    /// <summary>Says that a free has put a chunk into a tree.</summary>
    public void LargeChunkFreed()
    {
        if (--_freesUntilRelease == 0)
            ReleaseUnused();
    }

    private LuaJitSegment? BeginningAt(long end)
    {
        LuaJitSegment? segment = _newest;
        while (segment is not null && segment.Start != end)
            segment = segment.Older;
        return segment;
    }

    private void StartTop(long start, int before)
    {
        int top = _chunks.Add(start, _newest.End - LuaJitRules.FootBytes - start);
        _chunks[top].IsFree = true;
        _chunks.Link(before, top);
        _free.Top = top;
        _trimAboveBytes = _rules.TrimBytes;
    }

    private int AllocateInFront(LuaJitSegment segment, long start, long bytes, long chunkBytes)
    {
        int taken = _chunks.Add(start, bytes);
        int rest = _chunks.Split(taken, chunkBytes);
        int first = segment.First;
        _chunks.Link(rest, first);
        segment.Start = start;
        segment.Bytes += bytes;
        segment.First = taken;
        _chunks[rest].IsFree = true;
        if (first == _free.Top)
        {
            _chunks.Absorb(rest, first);
            _free.Top = rest;
        }
        else if (first == _free.Victim)
        {
            _chunks.Absorb(rest, first);
            _free.Victim = rest;
        }
        else
        {
            if (_chunks[first].IsFree)
            {
                _free.Unlink(first);
                _chunks.Absorb(rest, first);
            }

            _free.Insert(rest);
        }

        return taken;
    }

    /// <summary>The old top becomes an ordinary free chunk; too short a one is lost to the old segment's record.</summary>
    private void AddSegment(long start, long bytes)
    {
        int oldTop = _free.Top;
        LuaJitSegment old = _newest;
        _newest = NewSegment(start, bytes, old);
        OwnBytes += _newest.FootBytes;
        StartTop(start, before: 0);
        _newest.First = _free.Top;
        long lostBytes = _chunks[oldTop].Bytes;
        if (lostBytes >= LuaJitRules.MinChunkBytes)
        {
            _free.Insert(oldTop);
            return;
        }

        old.FootBytes += lostBytes;
        OwnBytes += lostBytes;
        if (old.First == oldTop)
            old.First = 0;
        _chunks.Link(_chunks[oldTop].Before, 0);
        _chunks.Remove(oldTop);
    }

    private LuaJitSegment NewSegment(long start, long bytes, LuaJitSegment older)
    {
        if (_spare is not { } segment)
            return new LuaJitSegment(start, bytes, older);
        _spare = segment.Older;
        segment.Renew(start, bytes, older);
        return segment;
    }

    /// <summary>Shortens top by whole granules, unless it is in the first segment, and looks for unused segments.</summary>
    private void Trim()
    {
        long releasedBytes = 0;
        long topBytes = _free.TopBytes;
        if (topBytes > LuaJitRules.FootBytes && _newest != _first)
        {
            long granule = _rules.GranularityBytes;
            long extraBytes = (((topBytes - LuaJitRules.FootBytes + granule - 1) / granule) - 1) * granule;
            if (_newest.Bytes >= extraBytes
                && _placement.Remap(_newest.Start, _newest.Bytes, _newest.Bytes - extraBytes, mayMove: false) >= 0)
            {
                releasedBytes = extraBytes;
            }

            if (releasedBytes != 0)
            {
                _newest.Bytes -= releasedBytes;
                MappedBytes -= releasedBytes;
                _chunks[_free.Top].Bytes -= releasedBytes;
                _trimAboveBytes = _rules.TrimBytes;
            }
        }

        releasedBytes += ReleaseUnused();
        if (releasedBytes == 0 && _free.TopBytes > _trimAboveBytes)
            _trimAboveBytes = long.MaxValue;
    }

    /// <summary>Unmaps every segment but the newest whose first chunk is free and reaches to its foot.</summary>
    private long ReleaseUnused()
    {
        long releasedBytes = 0;
        int looked = 0;
        LuaJitSegment kept = _newest;
        for (LuaJitSegment? segment = kept.Older; segment is not null; segment = segment.Older)
        {
            looked++;
            int only = segment.First;
            if (!_chunks[only].IsFree
                || _chunks[only].Start + _chunks[only].Bytes < segment.End - LuaJitRules.FootBytes)
            {
                kept = segment;
                continue;
            }

            if (only == _free.Victim)
                _free.Victim = 0;
            else
                _free.Unlink(only);
            _chunks.Remove(only);
            _placement.Unmap(segment.Start, segment.Bytes);
            releasedBytes += segment.Bytes;
            OwnBytes -= segment.FootBytes;
            kept.Older = segment.Older;
            segment.Older = _spare;
            _spare = segment;
            segment = kept;
        }

        MappedBytes -= releasedBytes;
        _freesUntilRelease = Math.Max(looked, LuaJitRules.ReleaseInterval);
        return releasedBytes;
    }
}
