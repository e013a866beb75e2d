using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Tests.Models.Properties;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models;

/// <summary>What holds for every registered model after every operation of random sequences.</summary>
public sealed class ModelPropertyTests
{
    private const int Sequences = 40;

    public static TheoryData<string> Models() => new(AllocatorModels.All.Select(info => info.Name));

    public static TheoryData<string> BlockModels() =>
        new(AllocatorModels.All.Where(info => !info.TakesCacheEvents).Select(info => info.Name));

    [Theory, MemberData(nameof(Models))]
    public void BytesAreConservedAndNothingOverlaps(string name) => AfterEveryStep(name, LayoutAssert.Agrees);

    [Theory, MemberData(nameof(Models))]
    public void MetricsStayWithinBounds(string name) => AfterEveryStep(name, LayoutAssert.MetricsAreWithinBounds);

    [Theory, MemberData(nameof(Models))]
    public void SameSteps_GiveTheSameAnswersAndLayout(string name) => StepSequences.Check(Sequences, steps =>
    {
        AllocatorModelInfo info = AllocatorModels.ByName(name);
        IAllocatorModel first = AllocatorModels.Create(name);
        IAllocatorModel second = AllocatorModels.Create(name);

        Assert.Equal(steps.Play(first, info.TakesCacheEvents), steps.Play(second, info.TakesCacheEvents));
        Assert.Equal(first.Layout().Extents, second.Layout().Extents);
        Assert.Equal(first.Counters, second.Counters);
    });

    [Theory, MemberData(nameof(Models))]
    public void FreeingEverything_LeavesNothingInUse(string name) => StepSequences.Check(Sequences, steps =>
    {
        AllocatorModelInfo info = AllocatorModels.ByName(name);
        IAllocatorModel model = AllocatorModels.Create(name);
        IReadOnlyList<LayoutExtent> empty = model.Layout().Extents;
        _ = steps.Play(model, info.TakesCacheEvents).Count();
        foreach (AllocationEvent ending in steps.Left)
            model.Apply(ending);
        model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));

        Assert.Equal((0, 0), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
        Assert.DoesNotContain(model.Layout().Extents, extent => extent.Use == ExtentUse.Used);
        if (!ModelContractTests.KeepsMemory.ContainsKey(name))
            Assert.Equal(empty, model.Layout().Extents);
    });

    /// <summary>Cache entries, each one block of the model.</summary>
    [Theory, MemberData(nameof(BlockModels))]
    public void EntriesAsBlocks_KeepThePromisesToo(string name) => StepSequences.Check(Sequences, steps =>
    {
        KeyedBlocks model = new(AllocatorModels.Create(name));
        foreach ((AllocationEvent played, _) in steps.Play(model, takesCacheEvents: true))
        {
            LayoutAssert.Holds(model, $"after {played}");
        }

        foreach (AllocationEvent ending in steps.Left)
            model.Apply(ending);
        Assert.Equal((0, 0), (model.Counters.LiveRequestedBytes, model.Counters.GrantedBytes));
    });

    private static void AfterEveryStep(string name, System.Action<IAllocatorModel, string> assert) =>
        StepSequences.Check(Sequences, steps =>
        {
            AllocatorModelInfo info = AllocatorModels.ByName(name);
            IAllocatorModel model = AllocatorModels.Create(name);
            assert(model, "at the start");
            foreach ((AllocationEvent played, _) in steps.Play(model, info.TakesCacheEvents))
                assert(model, $"after {played}");
        });
}
