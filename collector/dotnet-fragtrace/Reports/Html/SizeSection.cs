using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports.Html;

/// <summary>How large the used blocks and the holes are, side by side.</summary>
internal static class SizeSection
{
    private const int MostBuckets = 64;

    public static void Write(HtmlOutput html, IReadOnlyList<SizeBucket> sizes, bool isMeasured)
    {
        if (sizes.Count == 0)
            return;
        double largest = sizes.Max(size => double.Max(size.UsedBytes, size.FreeBytes));
        html.Write($"""
            <section>
            <h2>Sizes of blocks and of holes {(isMeasured ? Markup.Measured : Markup.Simulated)}</h2>
            <p class="lead">A block needs a hole at least as large as itself: a hole smaller than the smallest block serves none of them.</p>
            <div class="card scroll"><table class="sizes">
            <thead><tr><th class="used-side">Used</th><th class="middle">Size</th><th>Free</th></tr></thead>
            <tbody>

            """);
        foreach (SizeBucket size in sizes.Take(MostBuckets))
        {
            html.Write($"""
                <tr><td class="used-side"><span>{Amount(size.UsedBytes, size.UsedCount)}</span><span class="bar left"><i class="used" style="width:{Bar.Percent(size.UsedBytes, largest)}%"></i></span></td><th class="middle">{Amounts.Bytes(size.MinBytes)} – {Amounts.Bytes(size.MaxBytes)}</th><td><span class="bar"><i class="free" style="width:{Bar.Percent(size.FreeBytes, largest)}%"></i></span><span>{Amount(size.FreeBytes, size.FreeCount)}</span></td></tr>

                """);
        }

        html.Write($"</tbody></table></div>\n</section>\n");
    }

    private static string Amount(long bytes, long count) =>
        count == 0 ? "" : $"{Amounts.Bytes(bytes)} in {Amounts.Count(count)}";
}
