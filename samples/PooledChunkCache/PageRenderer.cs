using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace FragGuard.Samples.PooledChunkCache;

/// <summary>Stands for a template engine: its output differs in size from page to page.</summary>
/// <remarks>Its methods are not inlined, so that the stacks of a recording name their lines.</remarks>
public static class PageRenderer
{
    private static readonly byte[] Row = Encoding.UTF8.GetBytes("<tr><td>one more row of a long page</td></tr>\n");

    /// <summary>A page of the same sizes as in MixedSizeCache, but no array is larger than a chunk.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static ChunkedPage RenderPage(Random random, ChunkPool pool)
    {
        var page = new ChunkedPage(pool, random.Next(90_000, 1_000_001));
        for (int i = 0; i < page.ChunkCount; i++)
            Fill(page.Chunk(i));
        return page;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static byte[] RenderFragment(Random random)
    {
        byte[] fragment = new byte[random.Next(200, 4_001)];
        Fill(fragment);
        return fragment;
    }

    private static void Fill(Span<byte> page)
    {
        while (page.Length >= Row.Length)
        {
            Row.CopyTo(page);
            page = page[Row.Length..];
        }
    }
}
