using System;
using System.Linq;
using FragGuard.Simulation.Models.DotNet;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>One GC foretold from regions and survivors made by hand.</summary>
public sealed class GcForecastTests
{
    private const long RegionBytes = 4 << 20;
    private const long FullBytes = RegionBytes - 40;
    private const long PlugBytes = 1_000;
    private const long PadBytes = 24;
    private const int Many = 1_000;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void MuchGarbage_IsCompactedAway(int generation)
    {
        GcForecast forecast = Foretell(generation, Region(generation, gapBytes: 2 * PlugBytes));
        GcGenerationSize older = forecast.Generations[Math.Min(generation + 1, 2)];

        Assert.True(forecast.Compacts);
        Assert.InRange(older.SizeBytes, Many * PlugBytes, Many * (PlugBytes + PadBytes));
        Assert.Equal(older.SizeBytes - (Many * PlugBytes), older.FragmentationBytes);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void LittleGarbage_IsSwept_AndLeavesItsGaps(int generation)
    {
        const long Gap = 100;
        GcForecastRegion[] full = generation == 2 ? [] : [Solid(generation + 1)];
        GcForecast forecast = Foretell(generation, [Region(generation, Gap), .. full]);
        GcGenerationSize older = forecast.Generations[Math.Min(generation + 1, 2)];

        Assert.False(forecast.Compacts);
        Assert.Equal((full.Length * FullBytes) + (Many * (PlugBytes + Gap)) - Gap, older.SizeBytes);
        Assert.Equal((Many - 1) * Gap, older.FragmentationBytes);
    }

    [Fact]
    public void AskedToCompact_ItDoes()
    {
        GcForecast forecast = GcForecast.Of(2, RegionBytes, [Region(2, gapBytes: 100)], promotes: true, compacts: true);

        Assert.True(forecast.Compacts);
        Assert.Equal(0, forecast.Generations[2].FragmentationBytes);
    }

    [Fact]
    public void PinnedPlug_KeepsTheGapBeforeIt()
    {
        GcForecastRegion region = new(0, 2_000_000, [new(1_000_000, PlugBytes, IsPinned: true), new(1_500_000, PlugBytes)]);
        GcForecast forecast = Foretell(0, region);

        Assert.True(forecast.Compacts);
        Assert.Equal(new GcGenerationSize(1_000_000 + PlugBytes, 1_000_000), forecast.Generations[0]);
        Assert.InRange(forecast.Generations[1].SizeBytes, PlugBytes, PlugBytes + PadBytes);
    }

    /// <summary>The runtime lists what a pinned plug takes along as a part of it, so its neighbour is free to move.</summary>
    [Fact]
    public void NeighbourOfAPinnedPlug_Moves()
    {
        GcForecastRegion region = new(
            0, 2_000_000, [new(1_000_000, PlugBytes, IsPinned: true), new(1_000_000 + PlugBytes, PlugBytes)]);

        Assert.Equal(1_000_000 + PlugBytes, Foretell(0, region).Generations[0].SizeBytes);
    }

    [Fact]
    public void Survivors_FillTheGapsOfTheOlderGeneration()
    {
        const long Gap = 10_000;
        GcForecastRegion older = new(2, (Many / 4 * (PlugBytes + Gap)) - Gap, Region(2, Gap).Live.Take(Many / 4).ToArray());
        GcForecast forecast = Foretell(1, Region(1, gapBytes: 2 * PlugBytes), older);

        Assert.True(forecast.Compacts);
        Assert.Equal((Many / 4 * (PlugBytes + Gap)) - Gap, forecast.Generations[2].SizeBytes);
        Assert.Equal((((Many / 4) - 1) * Gap) - (Many * PlugBytes), forecast.Generations[2].FragmentationBytes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void SurvivorsOfACompaction_GrowOlder_OrStayYoung(bool promotes)
    {
        GcForecast forecast = GcForecast.Of(0, RegionBytes, [Region(0, gapBytes: 2 * PlugBytes)], promotes, compacts: false);

        Assert.Equal(promotes, forecast.Generations[0].SizeBytes == 0);
        Assert.Equal(!promotes, forecast.Generations[1].SizeBytes == 0);
    }

    /// <summary>No heap has gaps that are smaller than an object; a region list that says so is answered all the same.</summary>
    [Fact]
    public void GapsSmallerThanAPad_TakeOneMoreRegion()
    {
        const int Plugs = 4_000;
        GcForecastRegion region = new(0, FullBytes, [.. Enumerable.Range(0, Plugs).Select(i => new GcForecastPlug(8 + (i * 1_048), 1_040))]);
        GcForecast forecast = GcForecast.Of(0, RegionBytes, [region, Solid(1)], promotes: true, compacts: true);

        Assert.Equal(FullBytes + (Plugs * 1_040), forecast.Generations.Sum(one => one.SizeBytes - one.FragmentationBytes));
    }

    [Fact]
    public void SweptHeap_EndsBehindItsLastSurvivor()
    {
        GcForecastRegion[] regions = [new(2, 9_000, [new(100, 50), new(400, 50)]), new(2, 9_000, [])];

        Assert.Equal(new GcGenerationSize(450, 350), GcForecast.OfSwept(regions));
    }

    private static GcForecast Foretell(int generation, params GcForecastRegion[] regions) =>
        GcForecast.Of(generation, RegionBytes, regions, promotes: true, compacts: false);

    private static GcForecastRegion Region(int generation, long gapBytes) => new(
        generation, Many * (PlugBytes + gapBytes),
        [.. Enumerable.Range(0, Many).Select(i => new GcForecastPlug(i * (PlugBytes + gapBytes), PlugBytes))]);

    private static GcForecastRegion Solid(int generation) => new(generation, FullBytes, [new(0, FullBytes)]);
}
