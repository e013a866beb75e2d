using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>
/// Events no healthy program sends. Whatever a model makes of one, a <see cref="TraceException"/> or an answer, its state
/// stays whole: the layout agrees with the counters, and the model plays on.
/// </summary>
public sealed class HostileInputTests
{
    private const long Absent = 999;
    private const long TooManyBytes = 1L << 60;
    private const string OldGeneration = "dotnet-gen2";

    public static TheoryData<string> Models() => new(AllocatorModels.All.Select(info => info.Name));

    public static TheoryData<string> BlockModels() =>
        new(AllocatorModels.All.Where(info => !info.TakesCacheEvents).Select(info => info.Name));

    /// <summary>The block models but that of the old generation alone, which leaves large blocks to the other heaps.</summary>
    public static TheoryData<string> RefusingModels() => new(AllocatorModels.All
        .Where(info => !info.TakesCacheEvents && info.Name is not OldGeneration).Select(info => info.Name));

    public static TheoryData<string, long> ModelsAndSizes()
    {
        long[] sizes = [long.MinValue, -1, 0, 1, int.MaxValue, 1L << 40, 1L << 62, long.MaxValue - 4_096, long.MaxValue];
        TheoryData<string, long> data = [];
        foreach (AllocatorModelInfo info in AllocatorModels.All)
        {
            foreach (long size in sizes)
                data.Add(info.Name, size);
        }

        return data;
    }

    /// <summary>Every operation with the size; the block or entry that stands beside it keeps its place.</summary>
    [Theory, MemberData(nameof(ModelsAndSizes))]
    public void AnySize_IsAnsweredOrRefusedAndTheModelPlaysOn(string name, long bytes)
    {
        foreach (AllocationEventKind kind in Enum.GetValues<AllocationEventKind>())
        {
            foreach (int alignmentBytes in (int[])[0, 1 << 30])
            {
                IAllocatorModel model = Populated(name);
                string when = $"{kind} of {bytes} bytes, aligned to {alignmentBytes}";
                AllocationEvent hostile = new(
                    kind, kind == AllocationEventKind.Allocate ? Absent : 1, bytes, KeyBytes: 1, alignmentBytes);
                HeapCounters before = model.Counters;
                EventOutcome? outcome = Apply(model, hostile);
                LayoutAssert.Holds(model, when);
                if (outcome is null)
                    Assert.True(before == model.Counters, $"{when}: refused, and yet it changed {before} to {model.Counters}");
                if (bytes < 0 && kind is AllocationEventKind.Allocate or AllocationEventKind.Reallocate && !IsCache(name))
                    Assert.True(outcome is null or { Answer: EventAnswer.Ignored }, $"{when}: {outcome}");
                PlaysOn(model, name, when);
            }
        }
    }

    [Theory, MemberData(nameof(Models))]
    public void AnyNumbers_AreAnsweredOrRefusedAndTheModelPlaysOn(string name)
    {
        long[] numbers = [long.MinValue, -1, 0, 1, 1L << 40, long.MaxValue];
        foreach (AllocationEventKind kind in Enum.GetValues<AllocationEventKind>())
        {
            foreach (long number in numbers)
            {
                IAllocatorModel model = Populated(name);
                Apply(model, new AllocationEvent(kind, number, 64, KeyBytes: 1, Milliseconds: number, Site: (int)number));
                Apply(model, new AllocationEvent(kind, 2, 64, KeyBytes: (int)number, AlignmentBytes: (int)number));
                LayoutAssert.Agrees(model, $"{kind} with {number}");
                PlaysOn(model, name, $"{kind} with {number}");
            }
        }
    }

    [Theory, MemberData(nameof(BlockModels))]
    public void UnknownBlock_IsRefusedAndNothingChanges(string name)
    {
        IAllocatorModel model = Populated(name);
        HeapCounters before = model.Counters;
        IReadOnlyList<LayoutExtent> layout = model.Layout().Extents;

        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Free, Absent)));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, Absent, 64)));
        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Allocate, 1, 100_000)));

        Assert.Equal(before, model.Counters);
        Assert.Equal(layout, model.Layout().Extents);
    }

    [Theory, MemberData(nameof(BlockModels))]
    public void SecondFreeAfterOthers_IsRefusedAndNothingChanges(string name)
    {
        IAllocatorModel model = Populated(name);
        model.Apply(new AllocationEvent(AllocationEventKind.Free, 1));
        model.Apply(new AllocationEvent(AllocationEventKind.Free, 2));
        HeapCounters before = model.Counters;

        Assert.Throws<TraceException>(() => model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)));

        Assert.Equal(before, model.Counters);
        LayoutAssert.Agrees(model, "after a second free");
        PlaysOn(model, name, "after a second free");
    }

    [Theory, MemberData(nameof(RefusingModels))]
    public void RefusedBlock_LeavesItsIdForTheNextRequest(string name)
    {
        IAllocatorModel model = Populated(name);

        Assert.Equal(
            EventAnswer.NoMemory, model.Apply(new AllocationEvent(AllocationEventKind.Allocate, Absent, TooManyBytes)).Answer);
        Assert.NotEqual(
            EventAnswer.NoMemory, model.Apply(new AllocationEvent(AllocationEventKind.Allocate, Absent, 100)).Answer);
        model.Apply(new AllocationEvent(AllocationEventKind.Free, Absent));
        LayoutAssert.Agrees(model, "after the second request");
    }

    [Fact]
    public void LargeBlock_IsIgnoredByTheOldGeneration() => Assert.Equal(
        EventAnswer.Ignored,
        Populated(OldGeneration).Apply(new AllocationEvent(AllocationEventKind.Allocate, Absent, TooManyBytes)).Answer);

    [Theory, MemberData(nameof(RefusingModels))]
    public void RefusedResize_LeavesTheBlockAlive(string name)
    {
        IAllocatorModel model = Populated(name);
        HeapCounters before = model.Counters;

        Assert.Equal(
            EventAnswer.NoMemory, model.Apply(new AllocationEvent(AllocationEventKind.Reallocate, 1, TooManyBytes)).Answer);
        Assert.Equal(before.LiveRequestedBytes, model.Counters.LiveRequestedBytes);
        Assert.NotEqual(EventAnswer.NotFound, model.Apply(new AllocationEvent(AllocationEventKind.Free, 1)).Answer);
    }

    /// <summary>A million keys, each stored once; what does not fit is refused or evicts others.</summary>
    [Theory, MemberData(nameof(Models))]
    public void MillionDistinctKeys_AreTaken(string name) => StoresAll(name, 1_000_000, step: 7);

    /// <summary>Ids whose halves cancel out in a hash that folds them together.</summary>
    [Theory, MemberData(nameof(Models))]
    public void KeysThatCollide_AreTaken(string name) => StoresAll(name, 10_000, step: 0x1_0000_0001);

    private static void StoresAll(string name, int keys, long step)
    {
        AllocatorModelInfo info = AllocatorModels.ByName(name);
        IAllocatorModel model = AllocatorModels.Create(name);
        AllocationTrace trace = new(Enumerable.Range(1, keys).Select(key =>
            new AllocationEvent(AllocationEventKind.Set, key * step, 24, KeyBytes: 8)));

        SimulationResult result = Simulator.Run(trace, info, model);

        Assert.Equal(keys, result.Operations);
        LayoutAssert.Holds(model, $"after {keys} keys");
    }

    [Theory, MemberData(nameof(Models))]
    public void SmallestSettings_MakeAModelThatPlays(string name)
    {
        foreach (ModelSetting setting in AllocatorModels.ByName(name).Settings)
        {
            foreach (string value in (string[])["0", "1", "2", "64", "4096", "8192", "16384", "65536", "1m", "100000000", "9223372036854775807", "-1"])
            {
                IAllocatorModel model;
                try
                {
                    model = AllocatorModels.Create(name, [new KeyValuePair<string, string>(setting.Key, value)]);
                }
                catch (ModelSettingException)
                {
                    continue;
                }

                LayoutAssert.Agrees(model, $"{setting.Key}={value}");
                Populate(model, name);
                LayoutAssert.Agrees(model, $"{setting.Key}={value}, populated");
            }
        }
    }

    private static bool IsCache(string name) => AllocatorModels.ByName(name).TakesCacheEvents;

    private static IAllocatorModel Populated(string name)
    {
        IAllocatorModel model = AllocatorModels.Create(name);
        Populate(model, name);
        return model;
    }

    /// <summary>Three blocks or entries, of 100 and of 100 000 bytes.</summary>
    private static void Populate(IAllocatorModel model, string name)
    {
        AllocationEventKind kind = IsCache(name) ? AllocationEventKind.Set : AllocationEventKind.Allocate;
        model.Apply(new AllocationEvent(kind, 1, 100_000, KeyBytes: 1, Site: 0));
        model.Apply(new AllocationEvent(kind, 2, 100, KeyBytes: 1, Site: 1));
        model.Apply(new AllocationEvent(kind, 3, 100_000, KeyBytes: 1));
    }

    /// <returns>Null when the event breaks the trace's promise.</returns>
    private static EventOutcome? Apply(IAllocatorModel model, AllocationEvent hostile)
    {
        try
        {
            return model.Apply(hostile);
        }
        catch (TraceException)
        {
            return null;
        }
    }

    private static void PlaysOn(IAllocatorModel model, string name, string when)
    {
        for (int id = 10; id < 14; id++)
            model.Apply(new AllocationEvent(
                IsCache(name) ? AllocationEventKind.Set : AllocationEventKind.Allocate, id, 1_000, KeyBytes: 2));
        for (int id = 10; id < 14; id++)
            model.Apply(new AllocationEvent(
                IsCache(name) ? AllocationEventKind.Delete : AllocationEventKind.Free, id, KeyBytes: 2));
        model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));
        LayoutAssert.Agrees(model, when + ", and then others");
    }
}
