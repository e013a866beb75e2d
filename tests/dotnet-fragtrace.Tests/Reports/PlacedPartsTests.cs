using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class PlacedPartsTests
{
    [Fact]
    public void PartsInAnyOrder_StandInTheOrderOfPlaces_WithGapsBetween()
    {
        PlacedParts placed = PlacedParts.Of([(100, new MapPart(MapUse.Free, 10)), (16, new MapPart(MapUse.Used, 4)), (20, new MapPart(MapUse.Used, 5))]);

        Assert.Equal(16, placed.Start);
        Assert.Equal("u4 u5 g75 f10", MapExtentText.Write(placed.Parts));
    }

    [Fact]
    public void WhereTwoOverlap_TheFirstCounts() => Assert.Equal("u10 f9 c10:10 u5", Text(
        (0, new MapPart(MapUse.Used, 10)), (9, new MapPart(MapUse.Free, 10)), (10, new MapPart(MapUse.Free, 3)),
        (18, new MapPart(MapUse.Cell, 11) { UsedBytes = 11 }), (28, new MapPart(MapUse.Used, 6))));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, -5)]
    [InlineData(-10, 5)]
    [InlineData(0, long.MaxValue)]
    [InlineData(13, long.MaxValue)]
    [InlineData(long.MaxValue, 8)]
    [InlineData(long.MaxValue, long.MaxValue)]
    [InlineData(70, 1L << 52)]
    public void WhatNoHeapHolds_IsLeftOut(long start, long bytes) =>
        Assert.Equal("u8", Text((start, new MapPart(MapUse.Free, bytes)), (64, new MapPart(MapUse.Used, 8))));

    [Fact]
    public void TooManyParts_BecomeCells_ThatKeepEveryByte()
    {
        (long, MapPart)[] parts = [.. Enumerable.Range(0, 10_000).Select(i => (i * 10L, new MapPart(i % 4 == 0 ? MapUse.Free : MapUse.Used, 10)))];

        PlacedParts placed = PlacedParts.Of(parts, most: 100);

        Assert.InRange(placed.Parts.Count, 10, 100);
        Assert.Equal(100_000, placed.Parts.Sum(part => part.Bytes));
        Assert.Equal(75_000, placed.Parts.Sum(part => part.UsedBytes));
    }

    [Fact]
    public void InACell_OnlyWhatIsFreeOrGivenBack_IsNotUsed()
    {
        MapUse[] uses = [MapUse.Used, MapUse.Free, MapUse.Released, MapUse.Metadata, MapUse.Unknown];
        (long, MapPart)[] parts = [.. Enumerable.Range(0, 10_000).Select(i => (i * 10L, new MapPart(uses[i % uses.Length], 10)))];

        PlacedParts placed = PlacedParts.Of(parts, most: 100);

        Assert.Equal(100_000, placed.Parts.Sum(part => part.Bytes));
        Assert.Equal(60_000, placed.Parts.Sum(part => part.UsedBytes));
    }

    [Fact]
    public void ALargePart_StaysWhole_AmongCells()
    {
        MapPart large = new(MapUse.Used, 5_000) { Site = 3, AgeMs = 7 };

        Assert.Contains(large, PlacedParts.Of([.. Fine(0, 1_000), (10_000, large), .. Fine(15_000, 1_000)], most: 100).Parts);
    }

    [Fact]
    public void SmallPartBetweenLargeOnes_StaysWhole()
    {
        MapPart small = new(MapUse.Used, 10) { Site = 3 };

        Assert.Contains(small, PlacedParts.Of(
            [.. Fine(0, 1_000), (10_000, new MapPart(MapUse.Free, 5_000)), (15_000, small), (15_010, new MapPart(MapUse.Free, 5_000))], most: 100).Parts);
    }

    [Fact]
    public void Holes_AreCountedBeforeAnythingIsMerged()
    {
        (long, MapPart)[] parts = [.. Enumerable.Range(0, 1_000).Select(i => (i * 10L, new MapPart(i % 2 == 0 ? MapUse.Used : MapUse.Free, 10)))];

        Assert.Equal(new MapHoles(501, 5_070, 70), PlacedParts.Of([.. parts, (20_000, new MapPart(MapUse.Free, 70))], most: 10).Holes);
    }

    [Fact]
    public void NoCell_SpansAGap() => Assert.Equal("c500:500 g100 c500:500", MapExtentText.Write(
        PlacedParts.Of([.. Fine(0, 50), .. Fine(600, 50)], most: 8).Parts));

    [Theory]
    [InlineData(100, 12, true)]
    [InlineData(100, 13, false)]
    public void MoreGapsThanAPageHolds_AreClosedUp(int most, int gaps, bool areShown)
    {
        PlacedParts placed = PlacedParts.Of(Enumerable.Range(0, gaps + 1).Select(i => (i * 100L, new MapPart(MapUse.Used, 50))), most);

        Assert.Equal(areShown ? gaps : 0, placed.Parts.Count(part => part.Use == MapUse.Gap));
        Assert.Equal(50 * (gaps + 1), placed.Parts.Sum(part => part.UsedBytes));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1_000)]
    public void PartsOfManySizes_AreNeverMoreThanAsked(int seed)
    {
        const int Most = 200;
        System.Random random = new(seed);
        List<(long, MapPart)> parts = [];
        for (long at = 0, i = 0; i < 20_000; i++)
        {
            long bytes = 1L << random.Next(0, random.Next(1, 24));
            at += i % 1_000 == 0 ? 64 : 0;
            parts.Add((at, new MapPart(i % 3 == 0 ? MapUse.Free : MapUse.Used, bytes)));
            at += bytes;
        }

        PlacedParts placed = PlacedParts.Of(parts, Most);

        Assert.True(placed.Parts.Count <= Most, $"{placed.Parts.Count} parts of seed {seed}.");
        Assert.Equal(parts.Sum(part => part.Item2.Bytes), placed.Parts.Sum(part => part.Use == MapUse.Gap ? 0 : part.Bytes));
        Assert.Equal(parts.Sum(part => part.Item2.UsedBytes), placed.Parts.Sum(part => part.UsedBytes));
    }

    private static IEnumerable<(long, MapPart)> Fine(long start, int count) =>
        Enumerable.Range(0, count).Select(i => (start + i * 10L, new MapPart(MapUse.Used, 10)));

    private static string Text(params (long, MapPart)[] parts) => MapExtentText.Write(PlacedParts.Of(parts).Parts);
}
