using System;

namespace FragGuard.Simulation.Models.Nginx;

/// <summary>
/// What differs between versions of nginx's slab allocator, from 1.7.2, which began to merge free pages, to 1.31.4. Read in
/// <c>ngx_slab.c</c> and <c>ngx_slab.h</c> of nginx/nginx at their tags.
/// </summary>
public sealed record SlabRules
{
    /// <summary>What a counter of waiters and a semaphore add to the header.</summary>
    private const int SemaphoreBytes = 56;

    private static readonly Version Oldest = new(1, 7, 2);
    private static readonly Version HalfPageSlots = new(1, 7, 4);
    private static readonly Version Statistics = new(1, 11, 7);
    private static readonly Version LargePages = new(1, 13, 3);

    private SlabRules(Version version)
    {
        HalfPageIsSlot = version >= HalfPageSlots;
        PoolHeaderBytes = version >= Statistics ? 200 : 184;
        StatisticsBytes = version >= Statistics ? 32 : 0;
        EstimateCountsListHeads = version >= Statistics;
        LargestPageBytes = version >= LargePages ? 65_536 : 8_192;
    }

    public static SlabRules Newest { get; } = new(LargePages);

    /// <summary>Whether a request of exactly half a page takes a slot rather than a page.</summary>
    public bool HalfPageIsSlot { get; }

    /// <summary>Bytes of the pool header.</summary>
    public int PoolHeaderBytes { get; private init; }

    /// <summary>The same version built without POSIX semaphores, whose header is shorter.</summary>
    public SlabRules WithoutSemaphores => this with { PoolHeaderBytes = PoolHeaderBytes - SemaphoreBytes };

    /// <summary>Bytes of the statistics kept of one size class; 0 where there are none.</summary>
    public int StatisticsBytes { get; }

    /// <summary>Whether the list heads are subtracted before the number of pages is estimated.</summary>
    public bool EstimateCountsListHeads { get; }

    /// <summary>Largest page on which the bitmaps of the smallest slots are right.</summary>
    public int LargestPageBytes { get; }

    /// <param name="version">Version of nginx, such as 1.22.1; the newest rules hold for later ones.</param>
    /// <exception cref="ModelSettingException">Not a version, or one older than 1.7.2.</exception>
    public static SlabRules Of(string version) =>
        Version.TryParse(version, out Version? parsed) && parsed >= Oldest
            ? new SlabRules(parsed)
            : throw new ModelSettingException(
                $"nginx={version} is not a version of nginx from {Oldest}, such as 1.22.1.");
}
