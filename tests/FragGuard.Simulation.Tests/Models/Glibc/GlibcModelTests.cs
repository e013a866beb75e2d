using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Glibc;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.Glibc;

public sealed class GlibcModelTests
{
    [Theory]
    [InlineData("2.26")]
    [InlineData("2.37")]
    [InlineData("2.38")]
    [InlineData("2.42")]
    [InlineData("2")]
    [InlineData("3.1")]
    [InlineData("2.36.1")]
    [InlineData("2.-1")]
    public void VersionThatIsNotModelled_IsRefused(string version)
    {
        ModelSettingException exception = Assert.Throws<ModelSettingException>(() => Create(("version", version)));
        Assert.Contains(version, exception.Message, StringComparison.Ordinal);
    }

    /// <summary>The cache of a thread takes the first chunk; before 2.30 its counts took one byte each.</summary>
    [Theory]
    [InlineData("2.27", 0x260)]
    [InlineData("2.29", 0x260)]
    [InlineData("2.30", 0x2a0)]
    [InlineData("2.36", 0x2a0)]
    [InlineData("2.39", 0x2a0)]
    [InlineData("2.41", 0x2a0)]
    public void FirstBlock_FollowsTheCache(string version, long address) =>
        Assert.Equal(address, Allocate(Create(("version", version)), 1, 100).OffsetBytes);

    [Theory]
    [InlineData("2.34", 0xb60)]
    [InlineData("2.36", 0xb70)]
    public void FirstBlockOfAnotherThread_FollowsTheRecordsOfItsArena(string version, long address)
    {
        GlibcModel model = Create(("version", version));
        Switch(model, 1);
        Assert.Equal((1L << Arena.AddressShift) + address, Allocate(model, 1, 100).OffsetBytes);
    }

    /// <summary>New arenas until there are eight for each core, then the main one and the others from the newest back.</summary>
    [Theory]
    [InlineData("cores", "4", 32)]
    [InlineData("cores", "1", 9)]
    [InlineData("arena_max", "4", 4)]
    [InlineData("arena_max", "1", 1)]
    public void ThreadsShareArenas_FromTheNewestBack(string setting, string value, int arenas)
    {
        GlibcModel model = Create((setting, value));
        List<int> seen = [];
        for (int thread = 1; thread < arenas + 3; thread++)
        {
            Switch(model, thread);
            seen.Add(Arena.NumberOf(Allocate(model, thread, 100).OffsetBytes));
        }

        IEnumerable<int> round = [0, .. Enumerable.Range(1, arenas - 1).Reverse()];
        Assert.Equal(Enumerable.Range(1, arenas - 1).Concat(round.Concat(round).Concat(round).Take(3)), seen);
    }

    [Theory]
    [InlineData("top_pad", "128k")]
    [InlineData("trim_threshold", "128k")]
    [InlineData("mmap_threshold", "128k")]
    public void ThresholdThatIsSet_StaysWhereItIs(string setting, string value)
    {
        GlibcModel moving = Create();
        GlibcModel fixedModel = Create((setting, value));
        foreach (GlibcModel model in new[] { moving, fixedModel })
        {
            Allocate(model, 1, 1 << 20);
            model.Apply(new AllocationEvent(AllocationEventKind.Free, 1));
            Allocate(model, 2, 1 << 19);
        }

        Assert.Equal((0, 1), (moving.MallocInfo().HBlks, fixedModel.MallocInfo().HBlks));
    }

    [Theory]
    [InlineData("mxfast", "161")]
    [InlineData("tcache_count", "65536")]
    [InlineData("arena_max", "-1")]
    [InlineData("cores", "0")]
    [InlineData("top_pad", "-1")]
    public void SettingThatGlibcDoesNotTake_IsRefused(string setting, string value) =>
        Assert.Throws<ModelSettingException>(() => Create((setting, value)));

    [Fact]
    public void LargeMmapThreshold_IsRefusedBefore235()
    {
        Create(("version", "2.35"), ("mmap_threshold", "64m"));
        Assert.Throws<ModelSettingException>(() => Create(("version", "2.34"), ("mmap_threshold", "64m")));
    }

    [Theory]
    [InlineData(0, EventAnswer.Ok)]
    [InlineData(1L << 32, EventAnswer.Ok)]
    [InlineData(1L << 45, EventAnswer.Ok)]
    [InlineData(1L << 46, EventAnswer.NoMemory)]
    [InlineData(1L << 62, EventAnswer.NoMemory)]
    [InlineData(long.MaxValue, EventAnswer.NoMemory)]
    public void HostileSize_IsGrantedOrRefusedWhole(long bytes, EventAnswer answer)
    {
        foreach (string threshold in new[] { "dynamic", "0", "1g" })
        {
            GlibcModel model = Create(("mmap_threshold", threshold));
            if (answer == EventAnswer.Ok && bytes > 1L << 31 && threshold is "1g")
                continue;
            EventOutcome outcome = Allocate(model, 1, bytes);
            Assert.Equal(answer, outcome.Answer);
            Assert.Equal(answer == EventAnswer.NoMemory ? bytes : 0, outcome.RefusedBytes);
            AssertSound(model);
            Assert.Equal(EventAnswer.Ok, Allocate(model, 2, 100).Answer);
            model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 2, bytes));
            model.Apply(new AllocationEvent(AllocationEventKind.Free, 1));
            AssertSound(model);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(24)]
    [InlineData(100)]
    [InlineData(1 << 30)]
    public void AnyAlignment_IsMet(int alignment)
    {
        GlibcModel model = Create();
        for (int id = 1; id < 20; id++)
        {
            EventOutcome outcome = model.Apply(
                new AllocationEvent(AllocationEventKind.Allocate, id, id * 100, AlignmentBytes: alignment));
            long met = (alignment & (alignment - 1)) == 0 ? alignment : 16;
            Assert.Equal(0, outcome.OffsetBytes % met);
        }

        AssertSound(model);
    }

    [Fact]
    public void NegativeSizeOrAlignment_BreaksThePromise()
    {
        GlibcModel model = Create();
        Assert.Throws<TraceException>(() => Allocate(model, 1, -1));
        Assert.Throws<TraceException>(
            () => model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 1, AlignmentBytes: int.MinValue)));
        Assert.Equal(default, model.Counters);
    }

    [Fact]
    public void ResizeToNothing_FreesTheBlock()
    {
        GlibcModel model = Create();
        Allocate(model, 1, 100);
        Assert.Equal(EventAnswer.Ok, model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, 0)).Answer);
        Assert.Equal((0, 0), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
        Assert.Equal(EventAnswer.NotFound, model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)).Answer);
    }

    [Fact]
    public void RefusedBlock_MayBeResizedOrFreed()
    {
        GlibcModel model = Create();
        Allocate(model, 1, long.MaxValue);
        Allocate(model, 2, long.MaxValue);
        Assert.Equal(EventAnswer.NotFound, model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)).Answer);
        EventOutcome outcome = model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 2, 100));
        Assert.Equal((EventAnswer.Ok, 0x2a0L), (outcome.Answer, outcome.OffsetBytes));
    }

    [Fact]
    public void SecondAllocationOfALiveBlock_LeavesTheHeapSound()
    {
        GlibcModel model = Create();
        Allocate(model, 1, 100);
        HeapCounters before = model.Counters;
        Assert.Throws<TraceException>(() => Allocate(model, 1, 200_000));
        Assert.Equal(before.GrantedBytes, model.Counters.GrantedBytes);
        AssertSound(model);
    }

    [Fact]
    public void SteadyChurn_AllocatesLessThanAByteForAnOperation()
    {
        const int operations = 50_000;
        GlibcModel model = Create();
        long used = 0;
        for (int round = 0; round < 2; round++)
        {
            SeededRandom random = new(1);
            bool[] isLive = new bool[1_000];
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < operations; i++)
            {
                int id = (int)random.Next(0, isLive.Length - 1);
                AllocationEventKind kind = isLive[id] ? AllocationEventKind.Free : AllocationEventKind.Allocate;
                isLive[id] = !isLive[id];
                model.Apply(new AllocationEvent(kind, id, random.Next(16, 5_000)));
                used += model.Counters.FreeBytes;
            }

            if (round > 0)
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, operations - 1);
            for (int id = 0; id < isLive.Length; id++)
            {
                if (isLive[id])
                    model.Apply(new AllocationEvent(AllocationEventKind.Free, id));
            }
        }

        Assert.True(used > 0);
    }

    private static GlibcModel Create(params (string Key, string Value)[] settings) => (GlibcModel)AllocatorModels.Create(
        "glibc", settings.Select(setting => new KeyValuePair<string, string>(setting.Key, setting.Value)));

    private static EventOutcome Allocate(GlibcModel model, long id, long bytes) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes));

    private static void Switch(GlibcModel model, long thread) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Thread, thread));

    private static void AssertSound(GlibcModel model)
    {
        HeapLayout layout = model.Layout();
        Assert.Equal(
            (model.Counters.GrantedBytes, model.Counters.FreeBytes),
            (Sum(layout, ExtentUse.Used), Sum(layout, ExtentUse.Free)));
        Assert.Equal(
            model.Counters.CommittedBytes,
            Sum(layout, ExtentUse.Used) + Sum(layout, ExtentUse.Free) + Sum(layout, ExtentUse.Metadata));
        Assert.Equal(model.Counters.LiveRequestedBytes, layout.Extents.Sum(extent => extent.RequestedBytes));
    }

    private static long Sum(HeapLayout layout, ExtentUse use) =>
        layout.Extents.Where(extent => extent.Use == use).Sum(extent => extent.Extent.Bytes);
}
