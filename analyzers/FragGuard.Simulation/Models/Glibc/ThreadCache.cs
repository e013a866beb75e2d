using System;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>The cache of one thread: for each chunk size up to 1 040 bytes a stack of freed blocks, by address.</summary>
internal sealed class ThreadCache
{
    private const int FirstCapacity = 8;

    private readonly int[] _counts = new int[ChunkSizes.CacheBins];
    private readonly int _limit;
    private long[] _addresses;
    private int _capacity;

    /// <param name="limit">Most blocks of one size.</param>
    public ThreadCache(int limit)
    {
        _limit = limit;
        _capacity = Math.Min(limit, FirstCapacity);
        _addresses = new long[ChunkSizes.CacheBins * _capacity];
    }

    public int CountOf(int bin) => _counts[bin];

    /// <summary>Whether the bin is one of the cache's and has room.</summary>
    public bool Takes(int bin) => (uint)bin < ChunkSizes.CacheBins && _counts[bin] < _limit;

    /// <summary>Whether the bin is one of the cache's and holds a block.</summary>
    public bool Serves(int bin) => (uint)bin < ChunkSizes.CacheBins && _counts[bin] > 0;

    /// <summary>The block that is <paramref name="depth"/> places below the newest.</summary>
    public long Peek(int bin, int depth) => _addresses[(bin * _capacity) + _counts[bin] - 1 - depth];

    public void Push(int bin, long address)
    {
        int count = _counts[bin];
        if (count == _capacity)
            Grow();
        _addresses[(bin * _capacity) + count] = address;
        _counts[bin] = count + 1;
    }

    public long Pop(int bin)
    {
        int count = _counts[bin] - 1;
        _counts[bin] = count;
        return _addresses[(bin * _capacity) + count];
    }

    /// <summary>Takes the block out that is <paramref name="depth"/> places below the newest.</summary>
    public long TakeAt(int bin, int depth)
    {
        int at = (bin * _capacity) + _counts[bin] - 1 - depth;
        long address = _addresses[at];
        Array.Copy(_addresses, at + 1, _addresses, at, depth);
        _counts[bin]--;
        return address;
    }

    private void Grow()
    {
        int capacity = Math.Min(_limit, _capacity * 2);
        long[] addresses = new long[ChunkSizes.CacheBins * capacity];
        for (int bin = 0; bin < ChunkSizes.CacheBins; bin++)
            Array.Copy(_addresses, bin * _capacity, addresses, bin * capacity, _counts[bin]);
        _addresses = addresses;
        _capacity = capacity;
    }
}
