using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.SizeClassed;

/// <summary>
/// What jemalloc, mimalloc and tcmalloc have in common: hostile requests, resizes, threads, no garbage.
/// </summary>
public sealed class SizeClassedModelTests
{
    public static TheoryData<string> Names { get; } = ["jemalloc", "mimalloc", "tcmalloc"];

    [Theory, MemberData(nameof(Names))]
    public void RequestBeyondTheAddressSpace_IsRefusedAndChangesNothing(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        model.Apply(Allocate(1, 100));
        HeapCounters before = model.Counters;

        foreach (long bytes in new[] { long.MaxValue, 1L << 62, 1L << 47, (1L << 47) - 1 })
        {
            EventOutcome refused = model.Apply(Allocate(2, bytes));
            Assert.Equal((EventAnswer.NoMemory, bytes), (refused.Answer, refused.RefusedBytes));
            Assert.Equal(EventAnswer.NoMemory, model.Apply(Resize(1, bytes)).Answer);
            Assert.Equal(before, model.Counters);
        }

        Assert.Equal(EventAnswer.NotFound, model.Apply(Free(2)).Answer);
        Assert.Throws<TraceException>(() => model.Apply(Free(2)));
        Assert.Equal(EventAnswer.Ok, model.Apply(Allocate(2, 100)).Answer);
    }

    [Theory, MemberData(nameof(Names))]
    public void ImpossibleRequest_BreaksTheTraceAndChangesNothing(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        HeapCounters before = model.Counters;

        Assert.Throws<TraceException>(() => model.Apply(Allocate(1, -1)));
        Assert.Throws<TraceException>(() => model.Apply(Allocate(1, 8) with { AlignmentBytes = 48 }));
        Assert.Throws<TraceException>(() => model.Apply(Allocate(1, 8) with { AlignmentBytes = int.MinValue }));
        Assert.Throws<TraceException>(() => model.Apply(Resize(1, 8)));
        Assert.Equal(before, model.Counters);
        Assert.Empty(model.Layout().Extents);
    }

    [Theory, MemberData(nameof(Names))]
    public void AlignedBlock_IsAligned(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        long id = 0;
        for (int shift = 0; shift <= 24; shift++)
        {
            foreach (long bytes in new long[] { 0, 1, 100, 4_096, 20_000, 300_000 })
            {
                EventOutcome outcome = model.Apply(Allocate(id++, bytes) with { AlignmentBytes = 1 << shift });
                Assert.Equal(EventAnswer.Ok, outcome.Answer);
                Assert.True(outcome.OffsetBytes % (1 << shift) == 0, $"{bytes} bytes at {outcome.OffsetBytes}, 2^{shift}");
            }
        }

        Assert.Equal(id, model.Layout().Extents.Count(extent => extent.Use == ExtentUse.Used));
    }

    [Theory, MemberData(nameof(Names))]
    public void NothingAsked_GrantsTheSmallestClass(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        model.Apply(Allocate(1, 0));
        Assert.Equal((0, 8), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
    }

    [Theory]
    [InlineData("jemalloc", 0)]
    [InlineData("mimalloc", 8)]
    [InlineData("tcmalloc", 0)]
    public void ResizeToNothing_FreesOrKeepsTheSmallestClass(string name, long granted)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        model.Apply(Allocate(1, 100));
        model.Apply(Resize(1, 0));
        Assert.Equal((0, granted), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
        model.Apply(Free(1));
        Assert.Throws<TraceException>(() => model.Apply(Free(1)));
    }

    [Theory, MemberData(nameof(Names))]
    public void BlocksFreedByAnotherThread_AreUsedAgain(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        long mostBytes = 0;
        for (int round = 0; round < 50; round++)
        {
            model.Apply(new AllocationEvent(AllocationEventKind.Thread, 1));
            for (int id = 0; id < 2_000; id++)
                model.Apply(Allocate(id, 64));
            model.Apply(new AllocationEvent(AllocationEventKind.Thread, 2));
            for (int id = 0; id < 2_000; id++)
                model.Apply(Free(id));
            if (round == 10)
                mostBytes = model.Counters.CommittedBytes;
        }

        Assert.Equal(mostBytes, model.Counters.CommittedBytes);
    }

    [Theory, MemberData(nameof(Names))]
    public void Operations_AllocateNothing(string name)
    {
        AllocationEvent[] events = BlockStreams.Of("mixed sizes");
        IAllocatorModel model = AllocatorModels.Create(name);
        AllocationEvent[] ending = [.. Ending(events)];
        for (int i = 0; i < 3; i++)
            Play(model, events, ending);

        Assert.Equal(0, LeastBytesOf(() => Play(model, events, ending)));
    }

    private static IEnumerable<AllocationEvent> Ending(AllocationEvent[] events)
    {
        HashSet<long> live = [];
        foreach (AllocationEvent next in events)
        {
            if (next.Kind == AllocationEventKind.Allocate)
                live.Add(next.Id);
            else if (next.Kind == AllocationEventKind.Free)
                live.Remove(next.Id);
        }

        return live.Select(Free);
    }

    private static void Play(IAllocatorModel model, AllocationEvent[] events, AllocationEvent[] ending)
    {
        foreach (ref readonly AllocationEvent next in events.AsSpan())
            model.Apply(next);
        foreach (ref readonly AllocationEvent next in ending.AsSpan())
            model.Apply(next);
    }

    private static AllocationEvent Allocate(long id, long bytes) => new(AllocationEventKind.Allocate, id, bytes);

    private static AllocationEvent Resize(long id, long bytes) => new(AllocationEventKind.Reallocate, id, bytes);

    private static AllocationEvent Free(long id) => new(AllocationEventKind.Free, id);
}
