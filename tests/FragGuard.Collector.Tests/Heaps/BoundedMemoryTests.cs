using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Tests.Heaps;

/// <summary>However long a recording is, what is kept of it has a bound, and sums stay exact.</summary>
public sealed class BoundedMemoryTests
{
    [Fact]
    public void ManyGcs_KeepExactSumsAndAnEvenChoice()
    {
        const int Gcs = 50_000;
        GcLog log = new(maxKept: 256);
        for (int i = 0; i < Gcs; i++)
        {
            log.Suspended(i, isForGc: true);
            log.Started(i, i % 10 == 0 ? 2 : 0, GcKind.Blocking, "AllocSmall", i);
            log.Measured(1, i % 10 == 0 ? 2 : 0, isConcurrent: false, isCompacting: false);
            log.HeapMeasured(1, 3, new GenerationMeasure(i, i, 0, 0, 0));
            log.Stopped(1, i, i + 0.25);
            log.Resumed(i + 0.5);
        }

        IReadOnlyList<RecordedGc> kept = log.Build();
        Assert.InRange(kept.Count(gc => gc.Generation == 2), 128, 256);
        Assert.InRange(kept.Count(gc => gc.Generation == 0), 128, 256);
        Assert.Equal(kept.Select(gc => gc.Number).Order(), kept.Select(gc => gc.Number));
        Assert.All(kept, gc => Assert.True(gc.IsComplete));
        Assert.InRange(kept[^1].Number, Gcs - 1_000, Gcs);
        Assert.Equal(Gcs, log.Totals.Gcs);
        Assert.Equal(Gcs / 10, log.Totals.FullGcs);
        Assert.Equal(Gcs * 0.5, log.Totals.PauseMs, 3);
        Assert.Equal(Gcs - 1, log.Totals.LohPeakBytes);
        Assert.Equal(32, log.Totals.FullGcsPerKept);
    }

    [Fact]
    public void GcsWithoutAnEnd_AreNotKeptOpenForEver()
    {
        GcLog log = new(maxKept: 16);
        for (int i = 0; i < 20_000; i++)
            log.Started(i, 0, GcKind.Blocking, "AllocSmall", i);

        Assert.Equal(20_000, log.Build().Count == 0 ? -1 : log.Totals.Gcs);
        Assert.InRange(log.Build().Count, 1, 16);
    }

    [Fact]
    public void BackgroundGc_StaysOpenHoweverManyGcsRunInside()
    {
        GcLog log = new();
        log.Started(0, 2, GcKind.Background, "AllocLarge", 0);
        for (int i = 1; i <= 500; i++)
        {
            log.Started(i, 0, GcKind.Foreground, "AllocSmall", i);
            log.Measured(1, 0, isConcurrent: false, isCompacting: false);
            log.Stopped(1, i, i + 0.5);
        }

        log.Measured(1, 2, isConcurrent: true, isCompacting: false);
        log.Stopped(2, 0, 501);
        Assert.True(log.Build().Single(gc => gc.Number == 0).IsComplete);
    }

    [Fact]
    public void SpilledEvents_ComeBackInOrder_ChangesIncluded()
    {
        EventSpill spill = new(maxInMemory: 100);
        List<AllocationEvent> expected = [];
        for (int i = 0; i < 1_050; i++)
        {
            AllocationEvent one = (i % 4) switch
            {
                0 => new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: i),
                1 => new AllocationEvent(AllocationEventKind.Free, i),
                2 => new AllocationEvent(AllocationEventKind.Trim, 0),
                _ => new AllocationEvent(AllocationEventKind.Allocate, i, 90_000 + i, Site: i),
            };
            expected.Add(one);
            spill.Add(one);
        }

        foreach (int index in new[] { 3, 103, 1_047 })
            spill[index] = expected[index] = spill[index] with { Bytes = 7 };

        Assert.Equal(expected, spill.All());
        Assert.Equal(expected, spill.All());
        Assert.Equal(expected.Count, spill.Count);
    }

    [Fact]
    public void SpilledEvents_LeaveNoFileBehind()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There the file keeps its name while it is open.");
        EventSpill spill = new(maxInMemory: 10);
        for (int i = 0; i < 100; i++)
            spill.Add(new AllocationEvent(AllocationEventKind.Free, i));

        string[] left = Directory.GetFiles(Path.GetTempPath(), EventSpill.FilePrefix + "*");
        Assert.DoesNotContain(left, file => string.Equals(file, spill.FileName, StringComparison.Ordinal));
        Assert.Equal(100, spill.All().Count());
    }

    [Fact]
    public void MoreSamplesThanCanBeFollowed_StandForAllOfThem()
    {
        const int Born = 600_000;
        const ulong Start = 0x1000_0000;
        SampledObjects samples = new(new AllocationSources());
        for (int i = 0; i < Born; i++)
            samples.Born(SampleKind.Drawn, i, Start + (32 * (ulong)i), 32, 100_000, 0);
        HeapState heap = new();
        GenerationExtent region = new(0, Start, 32 * Born, 64 * Born);
        SurvivorExtents survivors = new();
        heap.Listed([region]);
        samples.GcStarted();
        survivors.Watch(samples.Follow(0, heap), [region]);
        survivors.Add(new SurvivorExtent(Start, Start, 16 * Born));
        samples.Collected(0, Born, survivors);

        SourceLifetimes one = samples.Build()[0];
        Assert.InRange(samples.Followed, 1, SampledObjects.MaxFollowed);
        Assert.Equal(Born, one.Samples);
        Assert.Equal(Born * 100_000.0, one.BornBytes);
        Assert.InRange(one.FollowedBytes / one.BornBytes, 0.97, 1.03);
        Assert.InRange(one.LiveBytes / one.FollowedBytes, 0.48, 0.52);
        Assert.InRange(one.DiedBytes[0] / one.FollowedBytes, 0.48, 0.52);
    }

    [Fact]
    public void PinsBeyondTheLimitOfOneGc_AreCounted()
    {
        PinLog pins = new();
        for (int i = 0; i < 100_000; i++)
            pins.Pinned(0x1000_0000 + (ulong)(i * 32), 24, "System.Byte[]");

        Assert.Equal(100_000 - (1 << 16), pins.Omitted);
    }

    [Fact]
    public void MoreRunsThanCanBeKept_LoseOnlyThePlacesOfSmallHoles()
    {
        const int Runs = 150_000;
        const ulong Start = 0x1000_0000;
        SurvivorExtents survivors = new();
        for (ulong i = 0; i < Runs; i++)
            survivors.Add(new SurvivorExtent(Start + (i * 128), Start + (i * 128), i % 1_000 == 0 ? 64UL : 96));
        HeapState heap = new();
        GenerationExtent region = new(2, Start, Runs * 128, Runs * 256);
        heap.Listed([region]);
        heap.Collected(2, survivors, [region]);
        HeapMoments moments = new(heap, new SampledObjects(new AllocationSources()), new LargeObjectLog(new AllocationSources()));
        GenerationFigures[] figures = heap.Figures();
        moments.Collected(1, 2, GcKind.Blocking, 0, figures);
        GenerationDraft draft = moments.Build()[0].Draft.Generations[2]!;
        GenerationLayout layout = new GenerationLayoutBuilder(draft, static _ => -1).Build();

        Assert.InRange(layout.Layout.Extents.Count, 2, 1 << 18);
        Assert.Equal(Runs, layout.Figures.Holes);
        Assert.Equal(Runs, layout.HoleSizes.Sum(bucket => bucket.Holes));
        Assert.Equal(figures[2].FreeBytes, layout.Layout.Counters.FreeBytes);
        Assert.Equal(figures[2].LiveBytes, layout.Layout.Counters.GrantedBytes);
    }

    [Fact]
    public void KeptGeneration_IsAsItWas_WhateverBecomesOfTheHeap()
    {
        const ulong Start = 0x1000_0000;
        GenerationExtent region = new(2, Start, 10_000, 20_000);
        HeapState heap = new();
        HeapMoments moments = new(heap, new SampledObjects(new AllocationSources()), new LargeObjectLog(new AllocationSources()));
        foreach (ulong liveBytes in new ulong[] { 1_000, 9_000 })
        {
            SurvivorExtents survivors = new();
            survivors.Add(new SurvivorExtent(Start + 500, Start + 500, liveBytes));
            heap.Collected(2, survivors, [region]);
            moments.Collected((int)liveBytes, 2, GcKind.Blocking, 0, heap.Figures());
        }

        HeapDraft[] drafts = [.. moments.Build().Select(static one => one.Draft)];
        Assert.Equal([1_000, 9_000, 1_000], drafts.Select(static draft => draft.GcNumber));
        foreach (HeapDraft draft in drafts)
        {
            GenerationLayout layout = new GenerationLayoutBuilder(draft.Generations[2]!, static _ => -1).Build();
            Assert.Equal(draft.GcNumber, layout.Figures.LiveBytes);
            Assert.Equal(2, layout.HoleSizes.Sum(bucket => bucket.Holes));
            Assert.Equal(10_000 - draft.GcNumber, layout.HoleSizes.Sum(bucket => bucket.Bytes));
            Assert.Equal(10_000 - draft.GcNumber, layout.Layout.Counters.FreeBytes);
        }
    }
}
