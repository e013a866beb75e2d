using System;
using FragGuard.Corpus.Costs;

namespace FragGuard.Analyzers.Tests.Corpus.Costs;

public class AddedCostTests
{
    [Fact]
    public void Cost_IsTheDifferenceOfEachPair()
    {
        AddedCost added = new([110, 104, 121], [100, 106, 101]);
        Assert.Equal((10, -2, 20), (added.Median, added.Least, added.Most));
        Assert.Equal("10.0 | -2.0 | 20.0", added.ToString());
    }

    [Fact]
    public void MedianOfTwo_IsHalfway() => Assert.Equal(3, new AddedCost([12, 14], [10, 10]).Median);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 1)]
    [InlineData(1, 2)]
    public void BuildWithoutItsPair_IsRefused(int with, int without) =>
        Assert.Throws<ArgumentException>(() => new AddedCost(new double[with], new double[without]));
}
