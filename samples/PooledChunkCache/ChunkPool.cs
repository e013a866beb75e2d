using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading;

namespace FragGuard.Samples.PooledChunkCache;

/// <summary>Chunks of one size that wait for their next page; it keeps a bounded number and leaves the rest to the GC.</summary>
public sealed class ChunkPool(int capacity)
{
    /// <summary>64 KiB: with its header still well below the 85,000 bytes at which large objects begin.</summary>
    public const int ChunkBytes = 64 * 1024;

    private readonly ConcurrentBag<byte[]> _waiting = [];
    private int _waitingCount;

    [MethodImpl(MethodImplOptions.NoInlining)]
    public byte[] Rent()
    {
        if (!_waiting.TryTake(out byte[]? chunk))
            return new byte[ChunkBytes];

        Interlocked.Decrement(ref _waitingCount);
        return chunk;
    }

    public void Return(byte[] chunk)
    {
        if (Interlocked.Increment(ref _waitingCount) > capacity)
        {
            Interlocked.Decrement(ref _waitingCount);
            return;
        }

        _waiting.Add(chunk);
    }
}
