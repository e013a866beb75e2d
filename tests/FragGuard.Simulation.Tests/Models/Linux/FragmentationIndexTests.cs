using System;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Simulation.Tests.Models.Linux;

public sealed class FragmentationIndexTests
{
    [Fact]
    public void Unusable_IsTheShareOfFreePagesInSmallerBlocks()
    {
        long[] blocks = [3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 1];

        Assert.Equal(0, FragmentationIndex.Unusable(blocks, 0));
        Assert.Equal(3_000 / 1_031, FragmentationIndex.Unusable(blocks, 1));
        Assert.Equal(7_000 / 1_031, FragmentationIndex.Unusable(blocks, 3));
    }

    [Fact]
    public void OrdersOfLargePages_HaveAnIndexToo()
    {
        long[] blocks = [8_192, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1];

        Assert.Equal(500, FragmentationIndex.Unusable(blocks, 13));
        Assert.Throws<ArgumentOutOfRangeException>(() => FragmentationIndex.Unusable(blocks, 14));
    }

    [Fact]
    public void NothingFree_IsWhollyUnusableAndNotFragmented()
    {
        long[] none = new long[BuddyZone.Orders];

        Assert.Equal(1_000, FragmentationIndex.Unusable(none, 4));
        Assert.Equal(0, FragmentationIndex.External(none, 4));
        Assert.Equal(0, FragmentationIndex.ExternalPercent(none, 4));
    }

    [Theory]
    [InlineData(1_000, 1, 499)]
    [InlineData(1_000, 4, 937)]
    [InlineData(1_000, 9, 998)]
    [InlineData(1, 1, -500)]
    [InlineData(1, 10, 0)]
    public void External_OfSinglePages(long pages, int order, int expected) =>
        Assert.Equal(expected, FragmentationIndex.External([pages, .. Enumerable.Repeat(0L, 10)], order));

    [Fact]
    public void External_OfARequestThatSucceeds_IsMinusOne()
    {
        long[] blocks = [0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0];

        Assert.Equal(FragmentationIndex.WouldSucceed, FragmentationIndex.External(blocks, 4));
        Assert.NotEqual(FragmentationIndex.WouldSucceed, FragmentationIndex.External(blocks, 5));
    }

    [Fact]
    public void ExternalPercent_IsTheShareInSmallerBlocks() =>
        Assert.Equal(50, FragmentationIndex.ExternalPercent([512, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0], 9));

    [Theory]
    [InlineData(0, "0.000")]
    [InlineData(7, "0.007")]
    [InlineData(1_000, "1.000")]
    [InlineData(-1_000, "-1.000")]
    [InlineData(-500, "0.-500")]
    [InlineData(-5, "0.-05")]
    public void Text_IsAsTheKernelPrintsIt(int thousandths, string expected) =>
        Assert.Equal(expected, FragmentationIndex.Text(thousandths));
}
