using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Kernel;

namespace FragGuard.Inspection.Tests.Kernel;

/// <summary>Marks in series that are written here.</summary>
public sealed class KernelSeriesTests
{
    private const int Minutes = 40;

    private readonly KernelSeries _series = new();

    [Fact]
    public void RiseByCompaction_IsMarkedWithItsOrder()
    {
        Look(0, largeBlocks: 100, smallPages: 100_000);
        Look(1, largeBlocks: 0, smallPages: 151_200);
        KernelRecovery? none = Look(2, largeBlocks: 0, smallPages: 151_200).Recovery;
        KernelRecovery? marked = Look(3, largeBlocks: 90, smallPages: 105_120, compacted: 50_000).Recovery;

        Assert.Null(none);
        Assert.Equal(new KernelRecovery(TimeSpan.FromMinutes(3), 9, 0, 90 << 9, RecoveryCause.Compaction), marked);
        Assert.Equal(marked, Assert.Single(_series.Recoveries));
    }

    [Theory]
    [InlineData(0, 0, RecoveryCause.Freed)]
    [InlineData(10, 0, RecoveryCause.Compaction)]
    [InlineData(0, 10, RecoveryCause.Reclaim)]
    [InlineData(10, 10, RecoveryCause.CompactionAndReclaim)]
    public void Cause_IsWhatTheCountersSay(long compacted, long reclaimed, RecoveryCause cause)
    {
        Look(0, largeBlocks: 0, smallPages: 50_000);

        Assert.Equal(cause, Look(1, largeBlocks: 100, smallPages: 50_000, compacted: compacted, reclaimed: reclaimed).Recovery!.Cause);
    }

    [Fact]
    public void SmallRise_IsNoRecovery()
    {
        Look(0, largeBlocks: 100, smallPages: 50_000);

        // 24 % of what was usable, and less than half a percent of all memory.
        Assert.Null(Look(1, largeBlocks: 124, smallPages: 50_000, compacted: 10).Recovery);
        Assert.NotNull(Look(2, largeBlocks: 126, smallPages: 50_000, compacted: 20).Recovery);
    }

    [Fact]
    public void DecayAlone_MarksNothing()
    {
        for (int minute = 0; minute < Minutes; minute++)
            Look(minute, largeBlocks: 400 - (minute * 10), smallPages: 1_000 + (minute * 5_120), compacted: minute, reclaimed: minute);

        Assert.Empty(_series.Recoveries);
    }

    [Fact]
    public void SlabStep_NamesTheCachesThatGrew()
    {
        for (int minute = 0; minute < 5; minute++)
            Look(minute, slabMegabytes: 200, caches: Caches(dentries: 10_000, sockets: 1_000));

        SlabStep? step = Look(5, slabMegabytes: 260, caches: Caches(dentries: 24_000, sockets: 1_100)).Step;

        Assert.NotNull(step);
        Assert.Equal((TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(5), 60L << 20), (step.From, step.To, step.GrownBytes));
        Assert.Equal(["dentry", "TCP"], step.Suspects!.Select(suspect => suspect.Name), StringComparer.Ordinal);
        Assert.Equal(14_000 * 4096, step.Suspects![0].GrownBytes);
        Assert.Null(Look(6, slabMegabytes: 260, caches: Caches(24_000, 1_100)).Step);
    }

    [Fact]
    public void Suspects_AreThoseOfTheStepNotOfTheTimeBefore()
    {
        Look(0, slabMegabytes: 200, caches: Caches(dentries: 10_000, sockets: 1_000));
        Look(1, slabMegabytes: 200.5, caches: Caches(dentries: 10_000, sockets: 5_000));

        SlabStep step = Look(2, slabMegabytes: 260, caches: Caches(dentries: 24_000, sockets: 5_000)).Step!;

        Assert.Equal("dentry", Assert.Single(step.Suspects!).Name);
    }

    [Fact]
    public void SlowGrowth_IsAStepInTheEnd()
    {
        for (int minute = 0; minute < Minutes; minute++)
            Look(minute, slabMegabytes: 100 + (minute * 0.5), caches: Caches(10_000, 1_000 + minute));

        SlabStep step = _series.Steps[0];
        Assert.True(step.To - step.From > TimeSpan.FromMinutes(10));
        Assert.Equal("TCP", Assert.Single(step.Suspects!).Name);
    }

    [Fact]
    public void Slab_ThatOnlyWavers_MarksNothing()
    {
        for (int minute = 0; minute < Minutes; minute++)
            Look(minute, slabMegabytes: 200 + (minute % 2 * 7));

        Assert.Empty(_series.Steps);
    }

    [Fact]
    public void StepWithoutSlabinfo_HasNoSuspects()
    {
        Look(0, slabMegabytes: 100);

        Assert.Null(Look(1, slabMegabytes: 200).Step!.Suspects);
    }

    [Fact]
    public void LongWatch_KeepsBoundedLooksOfAllOfItsTime()
    {
        const int Looks = 20_000;
        for (int minute = 0; minute < Looks; minute++)
            Look(minute, largeBlocks: minute % 2 * 1_000, smallPages: 10, slabMegabytes: 100 + (minute % 3 * 50));

        Assert.Equal(Looks, _series.Looks);
        Assert.InRange(_series.Samples.Count, KernelSeries.MostSamples / 4, KernelSeries.MostSamples + 1);
        Assert.Equal(TimeSpan.Zero, _series.Samples[0].At);
        Assert.Equal(TimeSpan.FromMinutes(Looks - 1), _series.Samples[^1].At);
        Assert.Equal(KernelSeries.MostMarks, _series.Recoveries.Count);
        Assert.Equal(KernelSeries.MostMarks, _series.Steps.Count);
        TimeSpan[] gaps = [.. _series.Samples.Zip(_series.Samples.Skip(1), (one, next) => next.At - one.At)];
        Assert.Single(gaps[..^1].Distinct());
    }

    private static string Caches(int dentries, int sockets) => FormattableString.Invariant($"""
        slabinfo - version: 2.1
        dentry {dentries * 20} {dentries * 21} 192 21 1 : tunables 0 0 0 : slabdata {dentries} {dentries} 0
        TCP {sockets * 16} {sockets * 16} 2304 16 8 : tunables 0 0 0 : slabdata {sockets} {sockets} 0
        kmalloc-64 64 64 64 64 1 : tunables 0 0 0 : slabdata 1 1 0
        """);

    private (KernelSample Sample, KernelRecovery? Recovery, SlabStep? Step) Look(
        int minute, int largeBlocks = 100, int smallPages = 1_000, double slabMegabytes = 100, string caches = "", long compacted = 0,
        long reclaimed = 0)
    {
        List<KernelText> texts =
        [
            new(KernelTextKind.BuddyInfo, "buddyinfo", FormattableString.Invariant($"Node 0, zone Normal {smallPages} 0 0 0 0 0 0 0 0 {largeBlocks} 0")),
            new(KernelTextKind.MemoryInfo, "meminfo", string.Create(
                CultureInfo.InvariantCulture, $"MemTotal: 4000000 kB\nSlab: {(long)(slabMegabytes * 1024)} kB")),
            new(KernelTextKind.Counters, "vmstat", FormattableString.Invariant(
                $"compact_isolated {compacted}\npgsteal_kswapd {reclaimed}\npgsteal_file {minute * 1000}\nallocstall_normal 0")),
        ];
        if (caches.Length > 0)
            texts.Add(new KernelText(KernelTextKind.SlabInfo, "slabinfo", caches));
        return _series.Add(TimeSpan.FromMinutes(minute), KernelSnapshot.From(texts, [], pageBytes: 4096));
    }
}
