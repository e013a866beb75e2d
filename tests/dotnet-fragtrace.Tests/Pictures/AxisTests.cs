using System.Linq;
using FragGuard.FragTrace.Pictures;

namespace FragGuard.FragTrace.Tests.Pictures;

public sealed class AxisTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1000)]
    [InlineData(400_000_000)]
    [InlineData(9e18)]
    [InlineData(double.NaN)]
    public void Bytes_HaveAHandfulOfMarksAndOneAtTheEnd(double largest)
    {
        Axis axis = Axis.OfBytes(largest);

        Assert.InRange(axis.Marks().Count(), 2, 9);
        Assert.Equal(axis.Largest, axis.Marks().Last());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(25_000)]
    [InlineData(130_000)]
    [InlineData(8_000_000)]
    [InlineData(double.PositiveInfinity)]
    public void Time_HasAHandfulOfMarks(double largest) => Assert.InRange(Axis.OfTime(largest).Marks().Count(), 2, 11);

    [Theory]
    [InlineData(25_000, 5_000)]
    [InlineData(8_000_000, 1_200_000)]
    public void Time_IsMarkedAtRoundAmounts(double largest, double first) =>
        Assert.Equal(first, Axis.OfTime(largest).Marks().ElementAt(1));

    [Fact]
    public void Value_LiesInProportion() => Assert.Equal(50, Axis.OfBytes(1024).Place(512, 100));

    [Fact]
    public void Share_IsMarkedAtItsQuarters()
    {
        Axis axis = Axis.OfQuarters(1);

        Assert.Equal([0, 0.25, 0.5, 0.75, 1], axis.Marks());
        Assert.Equal(50, axis.Place(0.5, 100));
    }

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(double.NaN, 0)]
    [InlineData(1e30, 100)]
    public void ImpossibleValue_StaysOnTheAxis(double value, double place) =>
        Assert.Equal(place, Axis.OfBytes(1024).Place(value, 100));
}
