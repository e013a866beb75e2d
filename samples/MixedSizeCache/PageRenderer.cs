using System;
using System.Runtime.CompilerServices;
using System.Text;

namespace FragGuard.Samples.MixedSizeCache;

/// <summary>Stands for a template engine: its output differs in size from page to page.</summary>
/// <remarks>Its methods are not inlined, so that the stacks of a recording name their lines.</remarks>
public static class PageRenderer
{
    private static readonly byte[] Row = Encoding.UTF8.GetBytes("<tr><td>one more row of a long page</td></tr>\n");

    /// <summary>A whole page as one array, always beyond the 85,000 bytes at which large objects begin.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static byte[] RenderPage(Random random)
    {
        byte[] page = new byte[random.Next(90_000, 1_000_001)];
        Fill(page);
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
