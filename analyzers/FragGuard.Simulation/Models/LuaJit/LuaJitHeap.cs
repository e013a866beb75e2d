using System.Collections.Generic;

namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>
/// LuaJIT's allocator (<c>lj_alloc.c</c>), a variant of dlmalloc 2.8: boundary tags, immediate coalescing, small requests
/// from exact bins, then the designated victim, then trees by best fit; the end of the newest segment last.
/// </summary>
internal sealed class LuaJitHeap
{
    private readonly LuaJitRules _rules;
    private readonly IMapPlacement _placement;
    private readonly LuaJitChunks _chunks = new();
    private readonly LuaJitFreeChunks _free;
    private readonly LuaJitSegments _segments;

    public LuaJitHeap(LuaJitRules rules, IMapPlacement placement)
    {
        _rules = rules;
        _placement = placement;
        _free = new LuaJitFreeChunks(_chunks);
        _segments = new LuaJitSegments(rules, _free, placement);
    }

    /// <summary>The segments, newest first.</summary>
    public IEnumerable<LuaJitSegment> Segments => _segments.All;

    /// <summary>The chunk that holds the allocator's own record.</summary>
    public int StateChunk => _segments.StateChunk;

    /// <summary>Bytes of segments and of chunks that are mappings of their own.</summary>
    public long MappedBytes => _segments.MappedBytes + DirectBytes;

    /// <summary>Bytes of mappings that are one chunk.</summary>
    public long DirectBytes { get; private set; }

    /// <summary>Bytes that serve the allocator itself.</summary>
    public long OwnBytes => _segments.OwnBytes;

    public long VictimBytes => _free.VictimBytes;

    public long TopBytes => _free.TopBytes;

    public LuaJitChunk this[int chunk] => _chunks[chunk];

    /// <summary>Bytes set aside for a chunk, the fence post of a mapping included.</summary>
    public long GrantedBytes(int chunk) =>
        _chunks[chunk].Bytes + (_chunks[chunk].IsDirect ? LuaJitRules.DirectFootBytes : 0);

    /// <returns>A used chunk; 0 when memory is short.</returns>
    public int Allocate(long bytes)
    {
        if (bytes > LuaJitRules.MostRequest)
            return 0;
        long chunkBytes = LuaJitRules.ChunkBytes(bytes);
        int found = bytes <= LuaJitRules.MostSmallRequest ? FindSmall(chunkBytes) : FindLarge(chunkBytes);
        if (found != 0)
            return found;
        if (chunkBytes <= _free.VictimBytes)
            return TakeFromVictim(chunkBytes);
        if (chunkBytes < _free.TopBytes)
            return _segments.TakeFromTop(chunkBytes);
        int direct = chunkBytes >= _rules.DirectBytes ? AllocateDirect(chunkBytes) : 0;
        return direct != 0 ? direct : _segments.AllocateFromNewSpace(chunkBytes);
    }

    public void Free(int chunk)
    {
        if (_chunks[chunk].IsDirect)
        {
            FreeDirect(chunk);
            return;
        }

        int freed = chunk;
        int behind = _chunks[freed].Behind;
        int before = _chunks[freed].Before;
        bool isBehindFree = _chunks[behind].IsFree;
        if (_chunks[before].IsFree)
        {
            if (before != _free.Victim)
                _free.Unlink(before);
            _chunks.Absorb(before, freed);
            freed = before;
            if (freed == _free.Victim && !isBehindFree)
                return;
        }

        if (isBehindFree && JoinBehind(freed, behind))
            return;
        _free.Insert(freed);
        if (!LuaJitSmallBins.Holds(_chunks[freed].Bytes))
            _segments.LargeChunkFreed();
    }

    /// <returns>The same chunk, or another with the old one freed; 0 when memory is short and nothing has changed.</returns>
    public int Reallocate(int chunk, long bytes)
    {
        if (bytes > LuaJitRules.MostRequest)
            return 0;
        long chunkBytes = LuaJitRules.ChunkBytes(bytes);
        long oldBytes = _chunks[chunk].Bytes;
        if (_chunks[chunk].IsDirect)
        {
            if (ResizeDirect(chunk, chunkBytes))
                return chunk;
        }
        else if (oldBytes >= chunkBytes)
        {
            if (oldBytes - chunkBytes >= LuaJitRules.MinChunkBytes)
                Free(_chunks.Split(chunk, chunkBytes));
            return chunk;
        }
        else if (_chunks[chunk].Behind == _free.Top && oldBytes + _free.TopBytes > chunkBytes)
        {
            long grownBytes = chunkBytes - oldBytes;
            _chunks[chunk].Bytes = chunkBytes;
            _chunks[_free.Top].Start += grownBytes;
            _chunks[_free.Top].Bytes -= grownBytes;
            return chunk;
        }

        int moved = Allocate(bytes);
        if (moved != 0)
            Free(chunk);
        return moved;
    }

    /// <summary>Joins a chunk being freed with the free one behind it; false when the result belongs in a bin.</summary>
    private bool JoinBehind(int freed, int behind)
    {
        bool isTop = behind == _free.Top;
        bool isVictim = behind == _free.Victim;
        if (!isTop && !isVictim)
            _free.Unlink(behind);
        _chunks.Absorb(freed, behind);
        _chunks[freed].IsFree = true;
        if (isTop)
        {
            _free.Top = freed;
            if (freed == _free.Victim)
                _free.Victim = 0;
            _segments.TopGrew();
            return true;
        }

        if (isVictim)
            _free.Victim = freed;
        return freed == _free.Victim;
    }

    private int FindSmall(long chunkBytes)
    {
        int bin = (int)(chunkBytes >> LuaJitSmallBins.Shift);
        uint bins = _free.Small.Map >> bin;
        if ((bins & 3) != 0)
            return Use(_free.Small.TakeFirst(bin + (int)(~bins & 1)));
        if (chunkBytes <= _free.VictimBytes)
            return 0;
        if (bins != 0)
            return UseAndKeepRest(_free.Small.TakeFirst(bin + Bits.Lowest(bins)), chunkBytes);
        if (_free.Trees.Map == 0)
            return 0;
        int smallest = _free.Trees.Smallest();
        _free.Trees.Unlink(smallest);
        return UseAndKeepRest(smallest, chunkBytes);
    }

    private int FindLarge(long chunkBytes)
    {
        if (_free.Trees.Map == 0)
            return 0;
        int best = _free.Trees.BestFit(chunkBytes, _free.VictimBytes);
        if (best == 0)
            return 0;
        _free.Trees.Unlink(best);
        if (_chunks[best].Bytes - chunkBytes >= LuaJitRules.MinChunkBytes)
            _free.Insert(_chunks.Split(best, chunkBytes));
        return Use(best);
    }

    private int TakeFromVictim(long chunkBytes)
    {
        int taken = _free.Victim;
        _free.Victim = 0;
        if (_chunks[taken].Bytes - chunkBytes >= LuaJitRules.MinChunkBytes)
            _free.ReplaceVictim(_chunks.Split(taken, chunkBytes));
        return Use(taken);
    }

    private int UseAndKeepRest(int chunk, long chunkBytes)
    {
        if (_chunks[chunk].Bytes - chunkBytes >= LuaJitRules.MinChunkBytes)
            _free.ReplaceVictim(_chunks.Split(chunk, chunkBytes));
        return Use(chunk);
    }

    private int Use(int chunk)
    {
        _chunks[chunk].IsFree = false;
        return chunk;
    }

    private int AllocateDirect(long chunkBytes)
    {
        long mapBytes = LuaJitRules.DirectMapBytes(chunkBytes);
        long start = _placement.Map(mapBytes);
        if (start < 0)
            return 0;
        DirectBytes += mapBytes;
        int chunk = _chunks.Add(start, mapBytes - LuaJitRules.DirectFootBytes);
        _chunks[chunk].IsDirect = true;
        return chunk;
    }

    private void FreeDirect(int chunk)
    {
        long mapBytes = GrantedBytes(chunk);
        _placement.Unmap(_chunks[chunk].Start, mapBytes);
        DirectBytes -= mapBytes;
        _chunks.Remove(chunk);
    }

    private bool ResizeDirect(int chunk, long chunkBytes)
    {
        if (LuaJitSmallBins.Holds(chunkBytes))
            return false;
        long oldBytes = _chunks[chunk].Bytes;
        if (oldBytes >= chunkBytes + 8 && oldBytes - chunkBytes <= _rules.GranularityBytes >> 1)
            return true;
        long oldMapBytes = GrantedBytes(chunk);
        long newMapBytes = LuaJitRules.DirectMapBytes(chunkBytes);
        long start = _placement.Remap(_chunks[chunk].Start, oldMapBytes, newMapBytes, mayMove: true);
        if (start < 0)
            return false;
        DirectBytes += newMapBytes - oldMapBytes;
        _chunks[chunk].Start = start;
        _chunks[chunk].Bytes = newMapBytes - LuaJitRules.DirectFootBytes;
        return true;
    }
}
