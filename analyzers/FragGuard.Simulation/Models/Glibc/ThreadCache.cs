using System;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>The cache of one thread: for each chunk size up to 1 040 bytes a stack of freed blocks, by address.</summary>
internal sealed class ThreadCache
{
    private const int FirstCapacity = 8;

    private readonly int[] _counts = new int[ChunkSizes.CacheBins];
    private readonly long[][] _addresses = new long[ChunkSizes.CacheBins][];
    private readonly int _limit;

    /// <param name="limit">Most blocks of one size.</param>
    public ThreadCache(int limit)
    {
        _limit = limit;
        for (int bin = 0; bin < _addresses.Length; bin++)
            _addresses[bin] = Array.Empty<long>();
    }

    public int CountOf(int bin) => _counts[bin];

    /// <summary>Whether the bin is one of the cache's and has room.</summary>
    public bool Takes(int bin) => (uint)bin < ChunkSizes.CacheBins && _counts[bin] < _limit;

    /// <summary>Whether the bin is one of the cache's and holds a block.</summary>
    public bool Serves(int bin) => (uint)bin < ChunkSizes.CacheBins && _counts[bin] > 0;

    public long Peek(int bin, int depth) => _addresses[bin][_counts[bin] - 1 - depth];

    public void Push(int bin, long address)
    {
        int count = _counts[bin];
        long[] addresses = _addresses[bin];
        if (count == addresses.Length)
        {
            Array.Resize(ref addresses, Math.Min(_limit, Math.Max(FirstCapacity, count * 2)));
            _addresses[bin] = addresses;
        }

        addresses[count] = address;
        _counts[bin] = count + 1;
    }

    public long Pop(int bin)
    {
        int count = _counts[bin] - 1;
        _counts[bin] = count;
        return _addresses[bin][count];
    }

    /// <summary>Takes the block out that is <paramref name="depth"/> places below the newest.</summary>
    public long TakeAt(int bin, int depth)
    {
        long[] addresses = _addresses[bin];
        int at = _counts[bin] - 1 - depth;
        long address = addresses[at];
        Array.Copy(addresses, at + 1, addresses, at, depth);
        _counts[bin]--;
        return address;
    }
}
