using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Simulation.Tests.Models.DotNet;

public sealed class LargeObjectBudgetTests
{
    private const long OneMiBPayload = (1 << 20) - LohTrace.Extra;

    [Fact]
    public void FirstGc_WaitsUntilTheBudgetIsOverdrawn()
    {
        LohTrace heap = new("self");
        for (int id = 0; id < 4; id++)
            heap.Allocate(id, OneMiBPayload);

        Assert.Empty(heap.Collections);
    }

    [Fact]
    public void FirstGc_ComesWithTheAllocationAfterTheOverdraft()
    {
        LohTrace heap = new("self");
        for (int id = 0; id < 5; id++)
            heap.Allocate(id, OneMiBPayload);

        GcSample sample = Assert.Single(heap.Collections);
        Assert.Equal((4, 4 << 20), (sample.Index, sample.SizeBytes));
    }

    [Fact]
    public void ScriptedHeap_NeverCollectsByItself()
    {
        LohTrace heap = new("scripted");
        for (int id = 0; id < 100; id++)
            heap.Allocate(id, OneMiBPayload);

        Assert.Empty(heap.Collections);
    }

    [Fact]
    public void FullSurvival_GrantsThreeAndAHalfTimesTheHeap()
    {
        LohTrace heap = new("self");
        for (int id = 0; id < 5; id++)
            heap.Allocate(id, OneMiBPayload);

        GcSample sample = heap.Collections[0];
        Assert.Equal(3.5 * (sample.SizeBytes - sample.FragmentationBytes), sample.BudgetBytes, 16.0);
    }

    [Fact]
    public void LowSurvival_GrantsAtLeastAQuarterAndTheMinimum()
    {
        LohTrace heap = new("self");
        for (int id = 0; id < 4; id++)
            heap.Allocate(id, OneMiBPayload);
        heap.Free(0, 1, 2);
        heap.Allocate(4, OneMiBPayload);

        Assert.Equal(3 << 20, heap.Collections[0].BudgetBytes);
    }

    [Fact]
    public void EarlyGc_KeepsPartOfTheBudgetBefore()
    {
        LohTrace heap = new("self");
        for (int id = 0; id < 5; id++)
            heap.Allocate(id, OneMiBPayload);
        long first = heap.Collections[0].BudgetBytes;
        heap.Free(0, 1, 2, 3);
        heap.Trim();

        Assert.InRange(heap.Collections[1].BudgetBytes, (3 << 20) + 1, first - 1);
    }

    [Fact]
    public void BudgetBefore_IsForgottenAfterFiveMinutes()
    {
        LohTrace heap = new("self");
        for (int id = 0; id < 5; id++)
            heap.Allocate(id, OneMiBPayload);
        heap.Free(0, 1, 2, 3);
        heap.Time(300_000);
        heap.Trim();

        Assert.Equal(3 << 20, heap.Collections[1].BudgetBytes);
    }

    [Fact]
    public void Conserving_LimitsTheBudget()
    {
        LohTrace heap = new("self", ("conserve", "5"));
        for (int id = 0; id < 20; id++)
            heap.Allocate(id, OneMiBPayload);

        GcSample last = heap.Collections[^1];
        Assert.Equal(0.5 * (last.SizeBytes - last.FragmentationBytes), last.BudgetBytes, 16.0);
    }

    [Theory]
    [InlineData(7, true)]
    [InlineData(6, false)]
    public void Conserving_CompactsAboveItsShareOfGaps(int conserve, bool compacts)
    {
        LohTrace heap = new("scripted", ("conserve", conserve.ToString(System.Globalization.CultureInfo.InvariantCulture)));
        for (int id = 0; id < 11; id++)
            heap.Allocate(id, OneMiBPayload);
        heap.Free(1, 3, 5, 7);
        heap.Trim();
        heap.Trim();

        Assert.Equal([false, compacts], heap.Collections.Select(sample => sample.Compacted));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void BackgroundGc_SweepsOnlyWhatDiedBeforeIt(int diesAfter, bool swept)
    {
        LohTrace heap = new("background", ("during", "2m"));
        for (int id = 0; id < 4; id++)
            heap.Allocate(id, OneMiBPayload);
        for (int id = 4; id < 8; id++)
        {
            if (id - 4 == diesAfter)
                heap.Free(1);
            heap.Allocate(id, OneMiBPayload);
        }

        Assert.Equal(swept, Assert.Single(heap.Collections).FragmentationBytes > 1 << 20);
    }

    [Fact]
    public void UnknownGc_IsRefused() => Assert.Throws<ModelSettingException>(() => new LohTrace("never"));
}
