using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Analyzers.Patterns;

namespace FragGuard.Analyzers.Tests.Patterns;

public class IntervalSetTests(ITestOutputHelper output)
{
    private const int Most = 60;

    [Fact]
    public void RandomSets_HoldTheValuesOfTheirIntervals()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        Random random = new(seed);
        for (int i = 0; i < 2_000; i++)
        {
            Interval[] left = Intervals(random, 4);
            Interval[] right = Intervals(random, 2);
            IntervalSet one = IntervalSet.Of(left);
            IntervalSet other = IntervalSet.Of(right);

            AssertHolds(left, one);
            AssertHolds([.. left, .. right], one.Join(other));
            AssertHolds(left.Select(static part => part.AtLeast(20)), one.Map(static part => part.AtLeast(20)));
            AssertHolds(
                from part in one.Parts from with in other.Parts select part.Hull(with), one.Combine(other, static (part, with) => part.Hull(with)));
        }
    }

    [Fact]
    public void MoreThanEightParts_CloseTheirNarrowestGaps()
    {
        IntervalSet set = IntervalSet.Of(((long[])[90, 0, 10, 20, 23, 40, 50, 60, 70, 71]).Select(static value => new Interval(value, value)));
        Assert.Equal("0-0;10-10;20-23;40-40;50-50;60-60;70-71;90-90", set.ToString());
    }

    [Fact]
    public void Nothing_JoinsToTheOther()
    {
        IntervalSet five = IntervalSet.Of(5);
        Assert.Same(five, IntervalSet.Nothing.Join(five));
        Assert.Same(five, five.Join(IntervalSet.Nothing));
        Assert.True(five.Combine(IntervalSet.Nothing, static (part, _) => part).IsNothing);
    }

    [Fact]
    public void OneOpenEnd_IsNotKnown()
    {
        Assert.True(IntervalSet.Of(5).IsKnown);
        Assert.False(IntervalSet.Of(5).Join(IntervalSet.Of(Interval.NotNegative with { Min = 7 })).IsKnown);
        Assert.True(IntervalSet.Nothing.IsKnown);
    }

    private static Interval[] Intervals(Random random, int most) => [.. Enumerable.Range(0, random.Next(1, most + 1)).Select(_ =>
    {
        long min = random.Next(Most);
        return new Interval(min, random.NextInt64(min, Most));
    })];

    /// <summary>All values and no others, in parts that neither meet nor stand in another order.</summary>
    private static void AssertHolds(IEnumerable<Interval> intervals, IntervalSet set)
    {
        Assert.Equal(Values(intervals), Values(set.Parts));
        Assert.All(set.Parts.Zip(set.Parts.Skip(1)), static pair => Assert.True(pair.First.Max < pair.Second.Min));
        Assert.Equal(Values(intervals)[0], set.Min);
        Assert.Equal(Values(intervals)[^1], set.Max);
    }

    private static long[] Values(IEnumerable<Interval> intervals) =>
        [.. Enumerable.Range(0, Most + 1).Select(static value => (long)value).Where(value => intervals.Any(part => part.Min <= value && value <= part.Max))];
}
