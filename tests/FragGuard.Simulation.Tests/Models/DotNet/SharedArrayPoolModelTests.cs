using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class SharedArrayPoolModelTests
{
    [Theory]
    [InlineData(1, 16)]
    [InlineData(16, 16)]
    [InlineData(17, 32)]
    [InlineData(65_536, 65_536)]
    [InlineData(65_537, 131_072)]
    [InlineData(1L << 30, 1L << 30)]
    [InlineData((1L << 30) + 1, (1L << 30) + 1)]
    public void Rent_RoundsUpToItsSize(long requested, long granted)
    {
        IAllocatorModel pool = Create();
        Rent(pool, 1, requested);

        Assert.Equal(granted, pool.Counters.GrantedBytes);
        Assert.Equal(requested, pool.Counters.LiveRequestedBytes);
    }

    [Fact]
    public void EmptyArray_ComesFromNowhereAndGoesNowhere()
    {
        IAllocatorModel pool = Create();
        EventOutcome rented = pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 0));
        Rent(pool, 2, 1);

        Assert.Equal(new EventOutcome(EventAnswer.Ok), rented);
        Assert.Equal((16, 16), (pool.Counters.GrantedBytes, pool.Counters.CommittedBytes));
        Assert.Single(pool.Layout().Extents);
        Return(pool, 1);
        Assert.Equal(0, pool.Counters.FreeBytes);
    }

    [Fact]
    public void Elements_AreCountedInSizes()
    {
        IAllocatorModel pool = Create(("element", "8"));
        Rent(pool, 1, 17 * 8);

        Assert.Equal(32 * 8, pool.Counters.GrantedBytes);
    }

    [Fact]
    public void ReturnedArray_ComesBackFirst()
    {
        IAllocatorModel pool = Create();
        long first = Rent(pool, 1, 100);
        long second = Rent(pool, 2, 100);
        Return(pool, 1, 2);

        Assert.Equal(second, Rent(pool, 3, 128));
        Assert.Equal(first, Rent(pool, 4, 65));
    }

    [Fact]
    public void ReturnedArray_ServesItsOwnSizeOnly()
    {
        IAllocatorModel pool = Create();
        long first = Rent(pool, 1, 100);
        Return(pool, 1);

        Assert.NotEqual(first, Rent(pool, 2, 64));
    }

    [Fact]
    public void TooLargeArray_IsNotKept()
    {
        IAllocatorModel pool = Create();
        Rent(pool, 1, (1L << 30) + 1);
        Return(pool, 1);

        Assert.Equal(0, pool.Counters.CommittedBytes);
    }

    [Theory]
    [InlineData("recorded", 2, true)]
    [InlineData("recorded", 3, false)]
    [InlineData("recorded", -1, false)]
    [InlineData("thread", 2, false)]
    public void ThreadOnTheSameCore_FindsTheStackFirst(string placement, long core, bool finds)
    {
        IAllocatorModel pool = Create(("placement", placement));
        long[] displaced = new long[2];
        foreach (long thread in (long[])[0, 1])
        {
            pool.Apply(new AllocationEvent(AllocationEventKind.Thread, thread, Bytes: thread + 1));
            displaced[thread] = Rent(pool, 10 * thread, 16);
            Rent(pool, (10 * thread) + 1, 16);
        }

        foreach (long thread in (long[])[0, 1])
        {
            pool.Apply(new AllocationEvent(AllocationEventKind.Thread, thread, Bytes: thread + 1));
            Return(pool, 10 * thread, (10 * thread) + 1);
        }

        pool.Apply(new AllocationEvent(AllocationEventKind.Thread, 4, Bytes: core));

        Assert.Equal(finds ? displaced[1] : displaced[0], Rent(pool, 30, 16));
    }

    [Fact]
    public void ArrayTheRuntimeCannotMake_IsRefused()
    {
        IAllocatorModel pool = Create(("element", "16"));

        Assert.Equal(
            EventAnswer.NoMemory, pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, long.MaxValue)).Answer);
        Assert.Equal(0, pool.Counters.CommittedBytes);
        Assert.Throws<TraceException>(() => Rent(pool, 2, long.MinValue));
    }

    [Theory]
    [InlineData(9, 9)]
    [InlineData(10, 9)]
    public void FullPool_DropsArrays(int returned, int kept)
    {
        IAllocatorModel pool = Create(("cores", "2"), ("depth", "4"));
        for (int id = 0; id < returned; id++)
            Rent(pool, id, 16);
        for (int id = 0; id < returned; id++)
            Return(pool, id);

        Assert.Equal(kept * 16, pool.Counters.FreeBytes);
    }

    [Fact]
    public void OwnArray_IsNotSeenByOtherThreads()
    {
        IAllocatorModel pool = Create();
        long own = Rent(pool, 1, 16);
        Return(pool, 1);
        OnThread(pool, 1);

        Assert.NotEqual(own, Rent(pool, 2, 16));
    }

    [Fact]
    public void DisplacedArray_IsFoundFromAnyCore()
    {
        IAllocatorModel pool = Create();
        long displaced = Rent(pool, 1, 16);
        Rent(pool, 2, 16);
        Return(pool, 1, 2);
        OnThread(pool, 3);

        Assert.Equal(displaced, Rent(pool, 3, 16));
    }

    [Fact]
    public void Rent_PrefersTheStackOfItsCore()
    {
        IAllocatorModel pool = Create(("cores", "2"));
        Rent(pool, 1, 16);
        Rent(pool, 2, 16);
        Return(pool, 1, 2);
        OnThread(pool, 1);
        long own = Rent(pool, 3, 16);
        long other = Rent(pool, 4, 16);
        Return(pool, 3, 4);
        OnThread(pool, 3);

        Assert.Equal(own, Rent(pool, 5, 16));
        Assert.NotEqual(other, own);
    }

    [Theory]
    [InlineData("low", 60_000, 3)]
    [InlineData("low", 60_001, 2)]
    [InlineData("medium", 60_001, 1)]
    [InlineData("high", 10_000, 3)]
    [InlineData("high", 10_001, 0)]
    public void Stack_LosesArraysOnceItsStampIsOld(string pressure, long milliseconds, int kept)
    {
        IAllocatorModel pool = Create(("pressure", pressure));
        Fill(pool, 4);
        Rent(pool, 10, 16);
        Trim(pool, 0);
        Trim(pool, milliseconds);

        Assert.Equal(kept * 16, pool.Counters.FreeBytes);
    }

    [Fact]
    public void Stack_GetsAQuarterMoreTimeAfterATrim()
    {
        IAllocatorModel pool = Create();
        Fill(pool, 4);
        Rent(pool, 10, 16);
        Trim(pool, 0);
        Trim(pool, 60_001);
        Trim(pool, 75_000);
        Assert.Equal(2 * 16, pool.Counters.FreeBytes);

        Trim(pool, 75_001);
        Assert.Equal(16, pool.Counters.FreeBytes);
    }

    [Theory]
    [InlineData("low", 29_999, 1)]
    [InlineData("low", 30_000, 0)]
    [InlineData("medium", 14_999, 1)]
    [InlineData("medium", 15_000, 0)]
    public void OwnArray_IsLostSomeTimeAfterTheTrimThatSawIt(string pressure, long milliseconds, int kept)
    {
        IAllocatorModel pool = Create(("pressure", pressure));
        Fill(pool, 1);
        Trim(pool, 0);
        Trim(pool, milliseconds);

        Assert.Equal(kept * 16, pool.Counters.FreeBytes);
    }

    [Fact]
    public void HighPressure_TakesEveryOwnArrayAtOnce()
    {
        IAllocatorModel pool = Create(("pressure", "high"));
        Fill(pool, 1);
        Trim(pool, 0);

        Assert.Equal(0, pool.Counters.CommittedBytes);
    }

    [Fact]
    public void ReturningTwice_IsRefused()
    {
        IAllocatorModel pool = Create();
        Fill(pool, 1);

        Assert.Throws<TraceException>(() => Return(pool, 0));
    }

    [Fact]
    public void LayoutBytes_AgreeWithCounters()
    {
        IAllocatorModel pool = Create(("cores", "2"), ("depth", "4"));
        SizeMix mix = new([new SizeMixPart(1, 5_000)], 40, 2_000);
        foreach (AllocationEvent next in SyntheticWorkload.Blocks(mix).Events)
        {
            pool.Apply(next);
            HeapLayout layout = pool.Layout();
            Assert.Equal(pool.Counters.CommittedBytes, layout.Extents.Sum(extent => extent.Extent.Bytes));
            Assert.Equal(pool.Counters.LiveRequestedBytes, layout.Extents.Sum(extent => extent.RequestedBytes));
            Assert.Equal(
                pool.Counters.FreeBytes,
                layout.Extents.Where(extent => extent.Use == ExtentUse.Free).Sum(extent => extent.Extent.Bytes));
        }
    }

    private static IAllocatorModel Create(params (string Key, string Value)[] settings) =>
        AllocatorModels.Create(
            "dotnet-arraypool-shared", settings.Select(pair => new KeyValuePair<string, string>(pair.Key, pair.Value)));

    private static long Rent(IAllocatorModel pool, long id, long bytes) =>
        pool.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes)).OffsetBytes;

    private static void Return(IAllocatorModel pool, params long[] ids)
    {
        foreach (long id in ids)
            pool.Apply(new AllocationEvent(AllocationEventKind.Free, id));
    }

    private static void Fill(IAllocatorModel pool, int arrays)
    {
        for (int id = 0; id < arrays; id++)
            Rent(pool, id, 16);
        for (int id = 0; id < arrays; id++)
            Return(pool, id);
    }

    private static void OnThread(IAllocatorModel pool, long thread) =>
        pool.Apply(new AllocationEvent(AllocationEventKind.Thread, thread));

    private static void Trim(IAllocatorModel pool, long milliseconds)
    {
        pool.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: milliseconds));
        pool.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));
    }
}
