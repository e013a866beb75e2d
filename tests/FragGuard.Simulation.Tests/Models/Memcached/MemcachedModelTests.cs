using System;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Memcached;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.Memcached;

public sealed class MemcachedModelTests
{
    private const int PageBytes = 1 << 20;

    /// <summary>Chunks of the class of 104 bytes of head and value, as <see cref="Set"/> stores small values: 120.</summary>
    private const int ChunkBytes = 120;

    private const int ChunksPerPage = PageBytes / ChunkBytes;

    [Fact]
    public void NewPage_IsUsedFromItsEnd()
    {
        MemcachedModel model = MemcachedComparison.Model();

        Assert.Equal((ChunksPerPage - 1) * ChunkBytes, Set(model, key: 1).OffsetBytes);
        Assert.Equal((ChunksPerPage - 2) * ChunkBytes, Set(model, key: 2).OffsetBytes);
    }

    [Fact]
    public void FirstPageOfAClass_ExceedsTheLimit()
    {
        MemcachedModel model = MemcachedComparison.Model(("memory", "2m"));
        for (int i = 0; i < 30; i++)
            Assert.Equal(EventAnswer.Ok, Set(model, key: i, bytes: (long)(200 * Math.Pow(1.25, i))).Answer);

        int classes = model.Classes().Count();
        Assert.InRange(classes, 25, 30);
        Assert.Equal(classes * PageBytes, model.Counters.CommittedBytes);
    }

    [Fact]
    public void FullClass_EvictsItsOldestItem()
    {
        MemcachedModel model = Full("flat");

        EventOutcome outcome = Set(model, key: ChunksPerPage + 1);

        Assert.Equal((EventAnswer.Forcible, 1), (outcome.Answer, outcome.Evicted));
        Assert.Equal(EventAnswer.NotFound, Get(model, key: 1));
        Assert.Equal(EventAnswer.Hit, Get(model, key: 2));
    }

    [Theory]
    [InlineData("segmented", EventAnswer.Hit)]
    [InlineData("flat", EventAnswer.NotFound)]
    public void ItemReadTwice_OutlivesUnreadOnesInASegmentedLru(string lru, EventAnswer answer)
    {
        MemcachedModel model = Full(lru);
        Get(model, key: 1);
        Get(model, key: 1);
        for (int i = 1; i <= 100; i++)
            Set(model, key: ChunksPerPage + i);

        Assert.Equal(answer, Get(model, key: 1));
        Assert.Equal(EventAnswer.NotFound, Get(model, key: 2));
    }

    [Fact]
    public void FlatLru_BumpsAReadItemOnceAMinute()
    {
        MemcachedModel model = Full("flat");
        SetClock(model, seconds: 61);
        Get(model, key: 1);
        Set(model, key: ChunksPerPage + 1);

        Assert.Equal(EventAnswer.Hit, Get(model, key: 1));
        Assert.Equal(EventAnswer.NotFound, Get(model, key: 2));
    }

    [Fact]
    public void SafeSet_EvictsNothingAndLosesTheOldValue()
    {
        MemcachedModel model = Full("segmented");

        EventOutcome outcome = Play(model, AllocationEventKind.SafeSet, key: 7, bytes: 40);

        Assert.Equal((EventAnswer.NoMemory, 0, 104), (outcome.Answer, outcome.Evicted, outcome.RefusedBytes));
        Assert.Equal(EventAnswer.NotFound, Get(model, key: 7));
        Assert.Equal(EventAnswer.Hit, Get(model, key: 1));
    }

    [Fact]
    public void Conditions_AreThoseOfTheVerbs()
    {
        MemcachedModel model = MemcachedComparison.Model();

        Assert.Equal(EventAnswer.NotFound, Play(model, AllocationEventKind.Replace, key: 1, bytes: 10).Answer);
        Assert.Equal(EventAnswer.Ok, Play(model, AllocationEventKind.Add, key: 1, bytes: 10).Answer);
        Assert.Equal(EventAnswer.Exists, Play(model, AllocationEventKind.Add, key: 1, bytes: 10).Answer);
        Assert.Equal(EventAnswer.Exists, Play(model, AllocationEventKind.SafeAdd, key: 1, bytes: 10).Answer);
        Assert.Equal(EventAnswer.Ok, Play(model, AllocationEventKind.Replace, key: 1, bytes: 5_000).Answer);
        Assert.Equal(EventAnswer.Ok, Play(model, AllocationEventKind.Delete, key: 1).Answer);
        Assert.Equal(EventAnswer.NotFound, Play(model, AllocationEventKind.Delete, key: 1).Answer);
        Assert.Equal((0, 0), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
    }

    [Theory]
    [InlineData(0, EventAnswer.NotANumber)]
    [InlineData(1, EventAnswer.Ok)]
    [InlineData(20, EventAnswer.Ok)]
    [InlineData(21, EventAnswer.NotANumber)]
    public void Number_HasOneToTwentyDigits(long bytes, EventAnswer answer)
    {
        MemcachedModel model = MemcachedComparison.Model();
        Set(model, key: 1, bytes);

        Assert.Equal(answer, Play(model, AllocationEventKind.Increment, key: 1).Answer);
    }

    [Fact]
    public void Increment_CreatesANumberOnlyWithAnInitialOne()
    {
        MemcachedModel model = MemcachedComparison.Model();

        Assert.Equal(EventAnswer.NotFound, Play(model, AllocationEventKind.Increment, key: 1).Answer);
        Assert.Equal(EventAnswer.Ok, Play(model, AllocationEventKind.Increment, key: 1, bytes: 8).Answer);
        Assert.Equal(EventAnswer.Ok, Play(model, AllocationEventKind.Increment, key: 1).Answer);
        Assert.Equal(1, model.Count);
    }

    [Fact]
    public void LargeItem_IsAHeadAndParts()
    {
        MemcachedModel model = MemcachedComparison.Model();
        Set(model, key: 1, bytes: 600_000);

        LayoutExtent[] used = model.Layout().Extents.Where(extent => extent.Use == ExtentUse.Used).ToArray();

        // A class of small chunks, the largest chunk, and the smallest one that holds the rest.
        Assert.Equal([120, 82_792, 524_288], used.Select(extent => extent.Extent.Bytes).Order());
        Assert.Equal(600_000 + 64, used.Sum(extent => extent.RequestedBytes));
        Play(model, AllocationEventKind.Delete, key: 1);
        Assert.Equal(0, model.Counters.GrantedBytes);
    }

    [Fact]
    public void ItemAboveTheLimit_IsRefusedAndTheOldValueGoes()
    {
        MemcachedModel model = MemcachedComparison.Model();
        Set(model, key: 1);

        EventOutcome outcome = Set(model, key: 1, bytes: PageBytes);

        Assert.Equal((EventAnswer.NoMemory, long.MaxValue), (outcome.Answer, outcome.RefusedBytes));
        Assert.Equal(0, model.Count);
        Assert.Equal(EventAnswer.NoMemory, Set(model, key: 1, bytes: long.MaxValue).Answer);
    }

    [Theory]
    [InlineData(10, 251)]
    [InlineData(10, -1)]
    [InlineData(-1, 10)]
    [InlineData(long.MinValue, 10)]
    public void ImpossibleStore_BreaksTheTrace(long bytes, int keyBytes)
    {
        MemcachedModel model = MemcachedComparison.Model();

        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Set, 1, bytes, keyBytes)));
        Assert.Equal(0, model.Counters.CommittedBytes);
    }

    [Theory]
    [InlineData(AllocationEventKind.Allocate)]
    [InlineData(AllocationEventKind.PushLeft)]
    [InlineData(AllocationEventKind.Collect)]
    public void EventsOfOthers_AreIgnored(AllocationEventKind kind) =>
        Assert.Equal(EventAnswer.Ignored, Play(MemcachedComparison.Model(), kind, key: 1, bytes: 8).Answer);

    [Theory]
    [InlineData("factor", "1")]
    [InlineData("factor", "1,5")]
    [InlineData("item_max", "40m")]
    [InlineData("slab_chunk_max", "2m")]
    [InlineData("slab_chunk_max", "300k")]
    [InlineData("lru", "lru")]
    [InlineData("automove", "3")]
    [InlineData("version", "1.4.39")]
    public void ImpossibleSetting_IsRefused(string key, string value) =>
        Assert.Throws<ModelSettingException>(() => MemcachedComparison.Model((key, value)));

    [Theory]
    [InlineData("1.6.16", EventAnswer.NoMemory)]
    [InlineData("1.6.17", EventAnswer.Forcible)]
    public void LastPart_MayBeALargestChunkInLaterVersions(string version, EventAnswer answer)
    {
        // The class of the last part has one page, full of parts: it has no item that could be evicted.
        MemcachedModel model = MemcachedComparison.Model(("memory", "14m"), ("version", version), ("lru", "flat"));
        int perPage = PageBytes / 315_872;
        for (int i = 0; i < perPage; i++)
            Assert.Equal(EventAnswer.Ok, Set(model, key: i, bytes: 524_240 + 300_000).Answer);
        for (int i = 0; model.Counters.CommittedBytes < 14 * PageBytes; i++)
            Set(model, key: 100 + i, bytes: 1_000);

        Assert.Equal(answer, Set(model, key: 99, bytes: 524_240 + 300_000).Answer);
    }

    [Fact]
    public void Operations_AllocateNothingOnceTablesHaveGrown()
    {
        AllocationEvent[] events =
            [.. new MemcachedTraces(seed: 1) { Keys = 5_000, LargestBytes = 900_000 }.Everything(20_000)];
        MemcachedModel model = MemcachedComparison.Model(("memory", "32m"));
        void Play()
        {
            foreach (AllocationEvent next in events)
                model.Apply(next);
        }

        Play();

        Assert.Equal(0, LeastBytesOf(Play));
    }

    private static MemcachedModel Full(string lru)
    {
        // Another class takes the rest of the memory, so that the small class keeps its one page.
        MemcachedModel model = MemcachedComparison.Model(("memory", "2m"), ("lru", lru));
        Set(model, key: -1, bytes: 5_000);
        for (int i = 1; i <= ChunksPerPage; i++)
            Assert.Equal(EventAnswer.Ok, Set(model, key: i).Answer);
        return model;
    }

    private static EventOutcome Set(MemcachedModel model, long key, long bytes = 40) =>
        Play(model, AllocationEventKind.Set, key, bytes);

    private static EventAnswer Get(MemcachedModel model, long key) => Play(model, AllocationEventKind.Get, key).Answer;

    private static EventOutcome Play(MemcachedModel model, AllocationEventKind kind, long key, long bytes = 0) =>
        model.Apply(new AllocationEvent(kind, key, bytes, KeyBytes: 5));

    private static void SetClock(MemcachedModel model, long seconds) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: seconds * 1_000));
}
