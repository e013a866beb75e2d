using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Tests.Forecasts;

/// <summary>GCs made by hand: which are predicted, and why others are not.</summary>
public sealed class GcOutlookTests
{
    private const long Thread = 7;
    private const int Number = 3;
    private const ulong RegionBytes = 4 << 20;
    private const ulong HeaderBytes = 40;
    private const ulong YoungStart = (16 * RegionBytes) + HeaderBytes;
    private const ulong UsedBytes = 1_000_000;
    private static readonly GcMechanisms OneHeap = new(1, 0, IsConcurrent: false, IsCompacting: true);
    private static readonly GenerationExtent Young = new(0, YoungStart, UsedBytes, RegionBytes - HeaderBytes);
    private static readonly GenerationExtent Pinned = new(4, (64 * RegionBytes) + HeaderBytes, 5_000, 8 * RegionBytes);

    private readonly HeapState _heap = new();
    private readonly GcLog _log = new();
    private readonly GcOutlook _outlook;

    public GcOutlookTests() => _outlook = new GcOutlook(_heap, _log);

    [Fact]
    public void BlockingGc_IsPredicted()
    {
        GcPrediction prediction = Collect();

        Assert.Null(prediction.Missing);
        Assert.True(prediction.Compacts);
        Assert.Equal(new PredictedGeneration(0, 0, 0), prediction.Find(0));
        Assert.InRange(prediction.Find(1)!.Value.SizeBytes, 1_000, 1_024);
        Assert.Null(prediction.Find(4));
    }

    [Fact]
    public void FullGc_PredictsThePinnedHeapToo()
    {
        GcPrediction prediction = Collect(generation: 2, regions: [Young, Pinned], survivors: [YoungStart, Pinned.Start + 1_000]);

        Assert.Equal(new PredictedGeneration(4, 2_000, 1_000), prediction.Find(4));
    }

    [Fact]
    public void PinnedSurvivor_StaysWhereItIs()
    {
        GcPrediction prediction = Collect(survivors: [YoungStart + 500_000], pins: [YoungStart + 500_900]);

        Assert.Equal(new PredictedGeneration(0, 501_000, 500_000), prediction.Find(0));
    }

    [Fact]
    public void PinBesideASurvivor_DoesNotHoldIt() =>
        Assert.Equal(0, Collect(survivors: [YoungStart + 500_000], pins: [YoungStart + 501_000]).Find(0)!.Value.SizeBytes);

    /// <summary>Whether the GC compacted and where it put things changes nothing of what was foretold.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Outcome_IsNotLookedAt(int generation)
    {
        KeptExtent[] survivors = [new(YoungStart + 100_000, 1_000), new(YoungStart + 700_000, 200_000)];
        GcPrediction compacted = Collect(generation, [Young], survivors, movedBytes: 100_000, measured: OneHeap);
        GcPrediction swept = Collect(generation, [Young], survivors, movedBytes: 0, measured: OneHeap with { IsCompacting = false });

        Assert.Equal(compacted.Compacts, swept.Compacts);
        Assert.Equal(compacted.Generations, swept.Generations);
    }

    [Fact]
    public void LargeObjectsThatMove_MakeSmallOnesMove()
    {
        GenerationExtent large = new(3, 128 * RegionBytes, 900_000, 8 * RegionBytes);
        KeptExtent[] survivors = [new(YoungStart, UsedBytes), new(large.Start + 100_000, 90_000)];

        Assert.False(Collect(2, [Young, large], survivors, movedBytes: 0).Compacts);
        Assert.True(Collect(2, [Young, large], survivors, movedBytes: 8).Compacts);
    }

    [Fact]
    public void BackgroundGc_IsNot()
    {
        _outlook.Started(Thread, Number, 2, GcKind.Background, mustCompact: false);
        _log.Started(Number, 2, GcKind.Background, "AllocSmall", 0);
        _outlook.Stopped(Number);

        Assert.Equal(NoPrediction.Background, _log.Find(Number)!.Prediction!.Missing);
    }

    [Fact]
    public void GcBesideABackgroundOne_IsNot_AndTheNextOneIs()
    {
        _outlook.Started(Thread, 2, 2, GcKind.Background, mustCompact: false);
        Assert.Equal(NoPrediction.BesideBackground, Collect().Missing);
        _outlook.Stopped(2);

        Assert.Null(Collect().Missing);
    }

    [Fact]
    public void GcOfSeveralHeaps_IsNot() => Assert.Equal(NoPrediction.SeveralHeaps, Collect(measured: OneHeap with { Heaps = 2 }).Missing);

    [Fact]
    public void GcWithoutRegionsOrSurvivors_IsNot()
    {
        Assert.Equal(NoPrediction.NoSurvivors, Collect(regions: []).Missing);
        Assert.Equal(NoPrediction.NoSurvivors, Collect(survivors: []).Missing);
    }

    [Fact]
    public void GcOfSegments_IsNot() =>
        Assert.Equal(NoPrediction.NoRegions, Collect(regions: [Young with { ReservedBytes = 5_000_000 }]).Missing);

    [Theory]
    [InlineData(89, null)]
    [InlineData(90, NoPrediction.ShortOfMemory)]
    public void GcThatIsShortOfMemory_IsNot(int load, string? missing) =>
        Assert.Equal(missing, Collect(measured: OneHeap with { MemoryLoad = load }).Missing);

    [Fact]
    public void OlderGenerationThatNobodyKnows_AllowsNone()
    {
        GenerationExtent older = new(1, (20 * RegionBytes) + HeaderBytes, 5_000, RegionBytes - HeaderBytes);

        Assert.Equal(NoPrediction.UnknownOlder, Collect(regions: [Young, older]).Missing);
    }

    /// <summary>Below level Verbose the runtime counts pins and does not name them.</summary>
    [Theory]
    [InlineData(0, false, 0)]
    [InlineData(2, false, 2)]
    [InlineData(2, true, 0)]
    public void PinsThatAreCountedOnly_AreSaidToBeUnknown(int counted, bool named, int unknown)
    {
        Collect(pins: named ? [YoungStart] : []);
        _outlook.PinsCounted(counted);

        GcPrediction prediction = _log.Find(Number)!.Prediction!;
        Assert.Equal(unknown, prediction.UnknownPins);
        Assert.Equal(unknown > 0 ? [2] : [0, 1, 2], prediction.Generations.Select(static one => one.Generation));
        Assert.Equal(unknown > 0 ? [2] : [0, 1, 2], prediction.Unaided!.Generations.Select(static one => one.Generation));
    }

    [Fact]
    public void LostEvent_TakesAllPredictionsBack()
    {
        Collect();
        IReadOnlyList<RecordedGc> gcs = _log.Build();

        Assert.Null(GcOutlook.Kept(gcs, eventsLost: 0).Single().Prediction!.Missing);
        Assert.Equal(NoPrediction.LostEvents, GcOutlook.Kept(gcs, eventsLost: 1).Single().Prediction!.Missing);
    }

    private GcPrediction Collect(
        int generation = 0, GenerationExtent[]? regions = null, ulong[]? survivors = null, ulong[]? pins = null, GcMechanisms? measured = null) =>
        Collect(
            generation, regions ?? [Young], [.. (survivors ?? [YoungStart + 100_000]).Select(start => new KeptExtent(start, 1_000))],
            movedBytes: 0, pins, measured);

    private GcPrediction Collect(
        int generation, GenerationExtent[] regions, KeptExtent[] survivors, ulong movedBytes, ulong[]? pins = null, GcMechanisms? measured = null)
    {
        _log.Started(Number, generation, GcKind.Blocking, "AllocSmall", 0);
        _outlook.Started(Thread, Number, generation, GcKind.Blocking, mustCompact: false);
        foreach (GenerationExtent region in regions)
            _outlook.Listed(Thread, region);
        _heap.Listed(regions);
        foreach (ulong pin in pins ?? [])
            _outlook.Observed!.Pinned(pin);
        foreach (KeptExtent one in survivors)
            _outlook.Observed!.Survived(one.Start, one.Start - movedBytes, one.Bytes);
        _outlook.Measured(measured ?? OneHeap);
        _outlook.Stopped(Number);
        return _log.Find(Number)!.Prediction!;
    }
}
