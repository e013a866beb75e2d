using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Collector.Tests.Forecasts;

/// <summary>A heap that is told of births and deaths by the addresses of the real one, and has its own places.</summary>
public sealed class UnaidedHeapTests
{
    private const ulong RegionBytes = 4 << 20;
    private const ulong HeaderBytes = 40;
    private const ulong Old = (10 * RegionBytes) + HeaderBytes;
    private const ulong Young = (20 * RegionBytes) + HeaderBytes;
    private const ulong NewPlace = (30 * RegionBytes) + HeaderBytes;

    private readonly UnaidedHeap _heap = new((long)RegionBytes);

    [Fact]
    public void WhatIsBorn_SurvivesIntoTheNextGeneration()
    {
        _heap.Begin([]);
        _heap.Live(0, [Region(0, Young, 100_000)], [new(Young + 5_000, NewPlace, 1_000)]);

        Assert.Equal(new PredictedGeneration(0, 100_000, 99_000), _heap.Measure(0));
        Assert.True(_heap.Collect(0, promotes: true, compacts: false).Compacts);
        Assert.Equal(0, _heap.Measure(0).SizeBytes);
        Assert.Equal(1_000, _heap.LiveBytes(one => one == 1));
    }

    [Fact]
    public void WhatDies_IsCutOut_WhereverTheModelHasIt()
    {
        _heap.Begin([new GcForecastRegion(2, 9_000, [new GcForecastPlug(5_000, 3_000) { Tag = (long)Old }])]);
        _heap.Live(2, [Region(2, Old, 3_000)], [new(Old, Old, 1_000), new(Old + 2_000, NewPlace, 500)]);

        Assert.Equal(1_500, _heap.LiveBytes(one => one == 2));
        Assert.Equal(new PredictedGeneration(2, 9_000, 7_500), _heap.Measure(2));
    }

    /// <summary>No object is that small, so the stream lies.</summary>
    [Theory]
    [InlineData(24, true)]
    [InlineData(16, false)]
    public void WhatCannotBe_IsRefused(ulong gap, bool isPossible)
    {
        _heap.Begin([new GcForecastRegion(2, 9_000, [new GcForecastPlug(0, 3_000) { Tag = (long)Old }])]);

        Assert.Equal(isPossible, _heap.Live(2, [Region(2, Old, 3_000)], [new(Old, Old, 1_000), new(Old + 1_000 + gap, Old, 1_000)]));
    }

    /// <summary>After a GC the pieces are known by where the real heap put them.</summary>
    [Fact]
    public void WhatMoved_IsFoundAtItsNewPlace()
    {
        _heap.Begin([new GcForecastRegion(2, 9_000, [new GcForecastPlug(0, 3_000) { Tag = (long)Old }])]);
        _heap.Live(2, [Region(2, Old, 3_000)], [new(Old + 1_000, NewPlace, 2_000)]);
        _heap.Live(2, [Region(2, NewPlace, 2_000)], [new(NewPlace + 500, NewPlace, 700)]);

        Assert.Equal(700, _heap.LiveBytes(one => one == 2));
    }

    [Fact]
    public void WhatTheGcDoesNotCollect_LivesOn()
    {
        _heap.Begin([new GcForecastRegion(2, 9_000, [new GcForecastPlug(0, 3_000) { Tag = (long)Old }])]);
        _heap.Live(1, [Region(2, Old, 3_000)], []);

        Assert.Equal(3_000, _heap.LiveBytes(one => one == 2));
    }

    /// <summary>The model has it in an older generation than the real heap: nobody collects it there yet.</summary>
    [Fact]
    public void WhatDiesTooOld_KeepsItsPlace_UntilTheModelCollectsIt()
    {
        _heap.Begin([new GcForecastRegion(2, 3_000, [new GcForecastPlug(0, 3_000) { Tag = (long)Young }])]);
        _heap.Live(0, [Region(0, Young, 3_000)], []);
        Assert.Equal(3_000, _heap.LiveBytes(one => one == 2));

        _heap.Live(2, [], []);
        Assert.Equal(0, _heap.LiveBytes(one => one == 2));
    }

    [Fact]
    public void Births_JoinPinnedObjects_ThatAreWhereTheRealHeapHasThem()
    {
        _heap.Begin([new GcForecastRegion(0, 6_000, [new GcForecastPlug(5_000, 1_000) { Tag = (long)Young + 5_000 }])]);
        _heap.Live(0, [Region(0, Young, 9_000)], [new(Young + 2_000, NewPlace, 500), new(Young + 5_000, Young + 5_000, 1_000)]);

        Assert.Equal(new PredictedGeneration(0, 9_000, 7_500), _heap.Measure(0));
    }

    [Fact]
    public void Births_ComeApart_WhereTheModelHasTheirNeighboursElsewhere()
    {
        _heap.Begin([new GcForecastRegion(0, 6_000, [new GcForecastPlug(4_000, 1_000) { Tag = (long)Young + 5_000 }])]);
        _heap.Live(0, [Region(0, Young, 9_000)], [new(Young + 2_000, NewPlace, 500), new(Young + 5_000, Young + 5_000, 1_000)]);

        Assert.Equal(new PredictedGeneration(0, 6_000 + 8_000, 14_000 - 1_500), _heap.Measure(0));
    }

    [Fact]
    public void SeenPlugs_AreInOrder_WithoutOverlap_AndKnowTheirPins()
    {
        ObservedGc gc = new();
        gc.Begin(thread: 1, number: 1, generation: 0, mustCompact: false);
        gc.Survived(304, 304, 96);
        gc.Survived(104, 56, 96);
        gc.Survived(152, 152, 32);
        gc.Survived(408, 408, 48);
        gc.Survived(801, 801, 48);
        gc.Pinned(399);
        gc.Pinned(204);

        Assert.Equal([new SeenPlug(104, 56, 96), new SeenPlug(304, 304, 96, IsPinned: true)], SeenPlugs.Of(gc));
        Assert.Equal(1, SeenPlugs.FirstBehind(SeenPlugs.Of(gc), 200));
        Assert.Equal(0, SeenPlugs.FirstBehind(SeenPlugs.Of(gc), 199));
    }

    private static GenerationExtent Region(int generation, ulong start, ulong used) => new(generation, start, used, RegionBytes - HeaderBytes);
}
