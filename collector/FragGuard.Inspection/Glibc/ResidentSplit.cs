using System.Collections.Generic;

namespace FragGuard.Inspection.Glibc;

/// <summary>
/// The bytes of heaps that are in memory, by why: in use, trapped beside what is in use, or merely not given back. The
/// parts add up to <see cref="ResidentBytes"/>.
/// </summary>
/// <param name="LiveBytes">Live blocks and the allocator's records.</param>
/// <param name="TrappedBytes">Free, on pages that also hold live bytes: only moving those would free them. This is fragmentation.</param>
/// <param name="TrimmableBytes">Pages without live bytes that <c>malloc_trim(0)</c> would give back.</param>
/// <param name="TopBytes">Pages of tops that it would not.</param>
/// <param name="CachedBytes">Pages of free chunks, some in fastbins or threads' caches, that it would not.</param>
/// <param name="HeadBytes">Pages that hold nothing but free chunks, but the records of those, so that they stay.</param>
public readonly record struct ResidentSplit(
    long LiveBytes, long TrappedBytes, long TrimmableBytes, long TopBytes, long CachedBytes, long HeadBytes)
{
    public long ResidentBytes => LiveBytes + FreeBytes;

    /// <summary>Free and in memory.</summary>
    public long FreeBytes => TrappedBytes + UnreleasedBytes;

    /// <summary>On whole free pages: not fragmentation, only kept.</summary>
    public long UnreleasedBytes => TrimmableBytes + TopBytes + CachedBytes + HeadBytes;

    public static ResidentSplit operator +(ResidentSplit left, ResidentSplit right) => new(
        left.LiveBytes + right.LiveBytes, left.TrappedBytes + right.TrappedBytes, left.TrimmableBytes + right.TrimmableBytes,
        left.TopBytes + right.TopBytes, left.CachedBytes + right.CachedBytes, left.HeadBytes + right.HeadBytes);

    internal static ResidentSplit Of(PageUses pages, IReadOnlyList<(ulong Start, ulong End)>? trimmed)
    {
        ResidentSplit sum = default;
        int next = 0;
        for (int page = 0; page < pages.Count; page++)
        {
            if (!pages.IsResident(page) || pages.IsOutside(page))
                continue;
            ulong at = pages.Start + ((ulong)page * (ulong)pages.PageBytes);
            while (trimmed is not null && next < trimmed.Count && trimmed[next].End <= at)
                next++;
            bool goes = trimmed is not null && next < trimmed.Count && trimmed[next].Start <= at;
            sum += OfPage(pages, page, goes);
        }

        return sum;
    }

    private static ResidentSplit OfPage(PageUses pages, int page, bool goes)
    {
        long live = pages.LiveBytesOf(page);
        long free = pages.FreeBytesOf(page) + pages.CachedBytesOf(page) + pages.TopBytesOf(page);
        if (goes)
            return new ResidentSplit(0, 0, free, 0, 0, 0);
        return pages.KindOf(page) switch
        {
            HeapPageKind.Top => new ResidentSplit(0, 0, 0, free, 0, 0),
            HeapPageKind.Cached => new ResidentSplit(0, 0, 0, 0, free, 0),
            HeapPageKind.Free => new ResidentSplit(0, 0, 0, 0, 0, free),
            _ => new ResidentSplit(live, free, 0, 0, 0, 0),
        };
    }
}
