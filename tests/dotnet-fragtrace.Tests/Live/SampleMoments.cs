using System;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Live;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Tests.Live;

/// <summary>Looks that the views are tried on.</summary>
internal static class SampleMoments
{
    /// <summary>A session that has seen nothing yet.</summary>
    public static LiveMoment Empty { get; } = new()
    {
        Elapsed = TimeSpan.FromSeconds(1),
        EventsRead = 0,
        EventsLost = 0,
        LastEventMs = 0,
        LastGc = null,
        LayoutGc = null,
        Generations = [],
        Trend = [],
        Gcs = default,
        RecentGcs = default,
        RecentMs = 1_000,
        Allocation = new LiveAllocation(AllocationMethod.Unknown, 1_000, 0, null, [], 0, 0),
        Pools = null,
    };

    /// <summary>As much as a look can hold, with numbers as long as they get.</summary>
    public static LiveMoment Full { get; } = Named("System.Collections.Generic.Dictionary`2[System.String,System.Object]");

    /// <summary>The same with all names replaced.</summary>
    public static LiveMoment Named(string name) => new()
    {
        Elapsed = new TimeSpan(12, 23, 59, 59),
        EventsRead = 123_456_789,
        EventsLost = 1_234_567,
        LastEventMs = 1_000,
        LastGc = new RecordedGc(
            1_234_567, 2, GcKind.Background, name, 1, 1_234.5, IsCompacting: true, IsComplete: true,
            default, default, default, default, default, PromotedBytes: 0),
        LayoutGc = 1_234_567,
        Generations =
        [
            .. Enumerable.Range(0, 5).Select(i => new LiveGeneration(
                i, 1_072_668_082_176 >> i, 1_022_668_082_176 >> i, 9_999_999, 1_022_668_082, 0.125)),
        ],
        Trend = [.. Enumerable.Range(1, 40).Select(i => (long[])[i, 2 * i, 100 - i, 0, 7])],
        Gcs = new GcActivity(1_234_567, 234_567, 34_567, 12_345_678, 1_234),
        RecentGcs = new GcActivity(10, 20, 30, 31_234, 1_234.5),
        RecentMs = 60_000,
        Allocation = new LiveAllocation(
            AllocationMethod.Sampled, 60_000, 9_999_999_999, 0.0123,
            [.. Enumerable.Range(0, 20).Select(i => new AllocatedType(name, 999_999_999, 0.5, 1_000 + i, 1.96))], 4_076, 1e15),
        Pools = new LivePools(
            new PoolCounts(1, 2, 3, 4, 5, 6), new PoolCounts(1_234_567, 2, 3, 4, 5, 6), 60_000,
            [.. Enumerable.Range(0, 10).Select(i => new LivePool(0x3FFFFFF, i % 2 == 0 ? PoolKind.Shared : PoolKind.Unknown, 1_073_741_824, 1_234_567, 234_567, 34_567, i == 0 ? null : 1_234_567, 128))]),
    };
}
