using System;
using System.Threading;

namespace FragGuard.Samples.PooledChunkCache;

/// <summary>A page in chunks of one size. The cache is its first user; the last user to leave returns the chunks.</summary>
public sealed class ChunkedPage : IDisposable
{
    private readonly ChunkPool _pool;
    private readonly byte[][] _chunks;
    private int _users = 1;

    public ChunkedPage(ChunkPool pool, int bytes)
    {
        _pool = pool;
        Bytes = bytes;
        _chunks = new byte[(bytes + ChunkPool.ChunkBytes - 1) / ChunkPool.ChunkBytes][];
        for (int i = 0; i < _chunks.Length; i++)
            _chunks[i] = pool.Rent();
    }

    /// <summary>Payload bytes of the page; the chunks may hold more.</summary>
    public int Bytes { get; }

    public int ChunkCount => _chunks.Length;

    public Span<byte> Chunk(int index) =>
        _chunks[index].AsSpan(0, Math.Min(ChunkPool.ChunkBytes, Bytes - index * ChunkPool.ChunkBytes));

    /// <summary>Keeps the chunks for one more user, who must dispose; false when the last one has already left.</summary>
    public bool TryOpen()
    {
        int users = Volatile.Read(ref _users);
        while (users > 0)
        {
            int seen = Interlocked.CompareExchange(ref _users, users + 1, users);
            if (seen == users)
                return true;

            users = seen;
        }

        return false;
    }

    public void Dispose()
    {
        if (Interlocked.Decrement(ref _users) != 0)
            return;

        foreach (byte[] chunk in _chunks)
            _pool.Return(chunk);
    }
}
