using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using FragGuard.Instrumentation;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Samples.PooledChunkCache;

/// <summary>Pages in chunks of one size, and small fragments in a cache of their own.</summary>
/// <remarks>Its methods are not inlined, so that the stacks of a recording name their lines.</remarks>
public sealed class PageCache(Random random) : IDisposable
{
    private const int PreviewBytes = 1_500;

    /// <summary>Chunks that wait at most: 16 MB, some thirty pages between their end and their successor.</summary>
    private const int WaitingChunks = 256;

    /// <summary>The cache calls back after a page has left it; only then are its chunks free for others.</summary>
    private static readonly MemoryCacheEntryOptions ReturnsItsChunks = new MemoryCacheEntryOptions()
        .RegisterPostEvictionCallback((_, page, _, _) => ((ChunkedPage)page!).Dispose());

    private readonly IMemoryCache _pages = new MemoryCache(new MemoryCacheOptions())
        .Observed("pages", value => value is ChunkedPage page ? page.Bytes : 0);

    private readonly IMemoryCache _fragments = new MemoryCache(new MemoryCacheOptions()).Observed("fragments");
    private readonly ChunkPool _pool = new(WaitingChunks);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StorePage(int number) =>
        _pages.Set(PageKey(number), PageRenderer.RenderPage(random, _pool), ReturnsItsChunks);

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StoreFragment(int number) => _fragments.Set(FragmentKey(number), PageRenderer.RenderFragment(random));

    /// <summary>Serves a page through a rented buffer and gives the buffer back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Serve(int number)
    {
        if (_pages.Get<ChunkedPage>(PageKey(number)) is not { } page || !page.TryOpen())
            return 0;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(16_384);
        try
        {
            int checksum = 0;
            for (int i = 0; i < page.ChunkCount; i++)
                checksum += Send(page.Chunk(i), buffer);

            return checksum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
            page.Dispose();
        }
    }

    /// <summary>The same preview as in MixedSizeCache, with the buffer given back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Preview(int number)
    {
        if (_pages.Get<ChunkedPage>(PageKey(number)) is not { } page || !page.TryOpen())
            return 0;

        byte[] preview = ArrayPool<byte>.Shared.Rent(PreviewBytes);
        try
        {
            page.Chunk(0)[..PreviewBytes].CopyTo(preview);
            return preview[PreviewBytes - 1];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(preview);
            page.Dispose();
        }
    }

    /// <summary>Payload bytes of all pages and fragments.</summary>
    public long LiveBytes(int pages, int fragments)
    {
        long bytes = 0;
        for (int number = 0; number < pages; number++)
            bytes += _pages.Get<ChunkedPage>(PageKey(number))?.Bytes ?? 0;
        for (int number = 0; number < fragments; number++)
            bytes += _fragments.Get<byte[]>(FragmentKey(number))?.Length ?? 0;

        return bytes;
    }

    public void Dispose()
    {
        _pages.Dispose();
        _fragments.Dispose();
    }

    private static int Send(ReadOnlySpan<byte> chunk, byte[] buffer)
    {
        int checksum = 0;
        while (chunk.Length > 0)
        {
            int count = Math.Min(buffer.Length, chunk.Length);
            chunk[..count].CopyTo(buffer);
            checksum += buffer[count - 1];
            chunk = chunk[count..];
        }

        return checksum;
    }

    private static string PageKey(int number) => $"/page/{number}";

    private static string FragmentKey(int number) => $"/fragment/{number}";
}
