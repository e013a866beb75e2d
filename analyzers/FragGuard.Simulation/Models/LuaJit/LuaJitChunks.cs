using System;

namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>The chunks of a heap in one flat array; a chunk is named by its index.</summary>
internal sealed class LuaJitChunks
{
    private LuaJitChunk[] _chunks = new LuaJitChunk[64];
    private int _used = 1;
    private int _spare;

    /// <summary>A chunk, to be changed in place until the next one is added.</summary>
    public ref LuaJitChunk this[int chunk] => ref _chunks[chunk];

    /// <summary>Adds a used chunk without neighbours.</summary>
    public int Add(long start, long bytes)
    {
        int added = _spare;
        if (added != 0)
            _spare = _chunks[added].Forward;
        else if (_used == _chunks.Length)
            Array.Resize(ref _chunks, _chunks.Length * 2);
        if (added == 0)
            added = _used++;
        _chunks[added] = new LuaJitChunk { Start = start, Bytes = bytes };
        return added;
    }

    /// <summary>Forgets a chunk whose neighbours and lists no longer know it.</summary>
    public void Remove(int chunk)
    {
        _chunks[chunk] = new LuaJitChunk { Forward = _spare };
        _spare = chunk;
    }

    /// <summary>Shortens a chunk and returns the used chunk made of its rest.</summary>
    public int Split(int chunk, long bytes)
    {
        int rest = Add(_chunks[chunk].Start + bytes, _chunks[chunk].Bytes - bytes);
        _chunks[chunk].Bytes = bytes;
        Link(rest, _chunks[chunk].Behind);
        Link(chunk, rest);
        return rest;
    }

    /// <summary>Adds the chunk right behind to this one.</summary>
    public void Absorb(int chunk, int behind)
    {
        _chunks[chunk].Bytes += _chunks[behind].Bytes;
        Link(chunk, _chunks[behind].Behind);
        Remove(behind);
    }

    /// <summary>Makes two chunks neighbours; either may be 0.</summary>
    public void Link(int before, int behind)
    {
        if (before != 0)
            _chunks[before].Behind = behind;
        if (behind != 0)
            _chunks[behind].Before = before;
    }
}
