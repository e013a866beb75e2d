using System;
using System.Buffers;
using System.Runtime.CompilerServices;
using FragGuard.Instrumentation;
using Microsoft.Extensions.Caching.Memory;

namespace FragGuard.Samples.MixedSizeCache;

/// <summary>Whole pages and small fragments of them, side by side in one cache: sizes from 200 bytes to 1 MB.</summary>
/// <remarks>Its methods are not inlined, so that the stacks of a recording name their lines.</remarks>
public sealed class PageCache(Random random) : IDisposable
{
    private const int PreviewBytes = 1_500;

    private readonly IMemoryCache _cache = new MemoryCache(new MemoryCacheOptions()).Observed("pages");

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StorePage(int number) => _cache.Set(PageKey(number), PageRenderer.RenderPage(random));

    [MethodImpl(MethodImplOptions.NoInlining)]
    public void StoreFragment(int number) => _cache.Set(FragmentKey(number), PageRenderer.RenderFragment(random));

    /// <summary>Serves a page through a rented buffer and gives the buffer back.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Serve(int number)
    {
        if (_cache.Get<byte[]>(PageKey(number)) is not { } page)
            return 0;

        byte[] buffer = ArrayPool<byte>.Shared.Rent(16_384);
        try
        {
            int checksum = 0;
            for (int sent = 0; sent < page.Length; sent += buffer.Length)
            {
                int count = Math.Min(buffer.Length, page.Length - sent);
                page.AsSpan(sent, count).CopyTo(buffer);
                checksum += buffer[count - 1];
            }

            return checksum;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The bug on purpose: the rented buffer is never given back, so the pool makes a new one each time.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public int Preview(int number)
    {
        if (_cache.Get<byte[]>(PageKey(number)) is not { } page)
            return 0;

        byte[] preview = ArrayPool<byte>.Shared.Rent(PreviewBytes);
        page.AsSpan(0, PreviewBytes).CopyTo(preview);
        return preview[PreviewBytes - 1];
    }

    /// <summary>Payload bytes of all pages and fragments.</summary>
    public long LiveBytes(int pages, int fragments)
    {
        long bytes = 0;
        for (int number = 0; number < pages; number++)
            bytes += _cache.Get<byte[]>(PageKey(number))?.Length ?? 0;
        for (int number = 0; number < fragments; number++)
            bytes += _cache.Get<byte[]>(FragmentKey(number))?.Length ?? 0;

        return bytes;
    }

    public void Dispose() => _cache.Dispose();

    private static string PageKey(int number) => $"/page/{number}";

    private static string FragmentKey(int number) => $"/fragment/{number}";
}
