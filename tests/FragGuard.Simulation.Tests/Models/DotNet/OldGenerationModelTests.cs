using System.Collections.Generic;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class OldGenerationModelTests
{
    private const int Objects = 1_000;
    private const long ObjectBytes = 4_096;

    private readonly List<GcSample> _collections = [];

    [Fact]
    public void NewObjects_GetOldWithTheNextGc()
    {
        OldGenerationModel model = Create("64k");
        Allocate(model, 0);
        Assert.Empty(_collections);
        Collect(model, 1);
        Assert.Empty(_collections);
        Collect(model, 2);

        GcSample sample = Assert.Single(_collections);
        Assert.Equal(Objects * ObjectBytes, sample.SizeBytes - sample.FragmentationBytes);
    }

    /// <summary>Where survivors are few for the budget of generation 0, their regions become old as they are.</summary>
    [Theory]
    [InlineData("64k", true)]
    [InlineData("400m", false)]
    public void Survivors_FillGapsUnlessTheyAreFew(string young, bool fill)
    {
        OldGenerationModel model = Create(young);
        for (int round = 0; round < 20; round++)
            Allocate(model, round);
        Collect(model, 2);
        Collect(model, 2);
        for (int id = 0; id < 20 * Objects; id++)
        {
            if (id % 20 < 4)
                model.Apply(new AllocationEvent(AllocationEventKind.Free, id));
        }

        Collect(model, 2);
        Assert.False(_collections[^1].Compacted);
        long gaps = _collections[^1].FragmentationBytes;
        Allocate(model, 20);
        Collect(model, 1);
        Collect(model, 2);

        Assert.Equal(fill, _collections[^1].FragmentationBytes < gaps - (Objects * ObjectBytes / 2));
    }

    [Fact]
    public void Events_OfGenerationZeroAreIgnored()
    {
        OldGenerationModel model = Create("64k");

        Assert.Equal(EventAnswer.Ignored, model.Apply(new AllocationEvent(AllocationEventKind.Collect, 0)).Answer);
    }

    private OldGenerationModel Create(string young)
    {
        OldGenerationModel model = (OldGenerationModel)AllocatorModels.Create(
            "dotnet-gen2", [new("gc", "scripted"), new("gen0", young)]);
        model.Collected = _collections.Add;
        return model;
    }

    private static void Allocate(OldGenerationModel model, int round)
    {
        for (int i = 0; i < Objects; i++)
        {
            model.Apply(new AllocationEvent(
                AllocationEventKind.Allocate, (round * Objects) + i, ObjectBytes - 24));
        }
    }

    private static void Collect(OldGenerationModel model, int generation) =>
        model.Apply(new AllocationEvent(AllocationEventKind.Collect, generation));
}
