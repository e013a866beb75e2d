using System.Linq;
using FragGuard.FragTrace.Gates.Comparisons;

namespace FragGuard.FragTrace.Tests.Gates;

public sealed class RankTestTests
{
    /// <summary>P(U ≤ u) of Mann and Whitney's table (1947) for equal groups.</summary>
    [Theory]
    [InlineData(3, new[] { 0.050, 0.100, 0.200, 0.350, 0.500 })]
    [InlineData(4, new[] { 0.014, 0.029, 0.057, 0.100, 0.171, 0.243, 0.343, 0.443 })]
    [InlineData(5, new[] { 0.004, 0.008, 0.016, 0.028, 0.048, 0.075, 0.111, 0.155, 0.210, 0.274, 0.345, 0.421, 0.500 })]
    public void Chances_AreThoseOfTheTable(int runs, double[] table)
    {
        for (int wins = 0; wins < table.Length; wins++)
        {
            RankTest test = WithWins(runs, wins);

            Assert.Equal(table[wins], test.Smaller, 3);
        }
    }

    /// <summary>Hollander and Wolfe's permeability of membranes, as R's page on wilcox.test has it: W = 35, p = 0.1272.</summary>
    [Fact]
    public void PermeabilityOfMembranes_IsAsPublished()
    {
        double[] atTerm = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
        double[] earlier = [1.15, 0.88, 0.90, 0.74, 1.21];

        RankTest test = new(earlier, atTerm);

        Assert.Equal(0.1272, test.Larger, 4);
        Assert.Equal(0.305, test.Shift, 3);
        Assert.Equal((-0.15, 0.76), (System.Math.Round(test.Interval!.Value.Low, 2), System.Math.Round(test.Interval.Value.High, 2)));
        Assert.Equal(0.96, test.Interval.Value.Confidence, 2);
    }

    [Fact]
    public void EveryArrangementOfFourAgainstThree_IsEquallyLikely()
    {
        double[] chances = [.. Enumerable.Range(0, 1 << 7)
            .Where(static mask => System.Numerics.BitOperations.PopCount((uint)mask) == 3)
            .Select(static mask => new RankTest(
                [.. Enumerable.Range(0, 7).Where(i => (mask >> i & 1) == 0).Select(static i => (double)i)],
                [.. Enumerable.Range(0, 7).Where(i => (mask >> i & 1) == 1).Select(static i => (double)i)]).Larger)];

        Assert.Equal(35, chances.Length);
        Assert.All(chances.Distinct(), chance => Assert.Equal(chances.Count(other => other <= chance + 1e-9) / 35.0, chance, 6));
    }

    [Fact]
    public void EqualValues_ShowNothing()
    {
        RankTest test = new([2, 2, 2, 2, 2], [2, 2, 2, 2, 2]);

        Assert.True(test.Larger > 0.4);
        Assert.True(test.Smaller > 0.4);
        Assert.Equal(0, test.Shift);
    }

    /// <summary>Every outcome of runs that have three values only, with its chance, where nothing changed.</summary>
    [Theory]
    [InlineData(3, 0.5, 0.3)]
    [InlineData(4, 0.34, 0.33)]
    [InlineData(4, 0.9, 0.05)]
    [InlineData(5, 0.5, 0.3)]
    [InlineData(5, 0.1, 0.8)]
    public void IntervalOfEqualValues_HoldsTheShiftAtLeastAsOftenAsItSays(int runs, double first, double second)
    {
        const int Values = 3;
        double[] chances = [first, second, 1 - first - second];
        double held = 0;
        double claimed = 1;
        int[] outcome = new int[2 * runs];
        for (int left = (int)System.Math.Pow(Values, outcome.Length); left > 0; left--)
        {
            RankTest test = new([.. outcome.Take(runs).Select(static one => (double)one)], [.. outcome.Skip(runs).Select(static one => (double)one)]);
            (double low, double high, double confidence) = test.Interval!.Value;
            held += low <= 0 && high >= 0 ? outcome.Aggregate(1.0, (product, one) => product * chances[one]) : 0;
            claimed = System.Math.Min(claimed, confidence);
            for (int i = 0; i < outcome.Length && ++outcome[i] == Values; i++)
                outcome[i] = 0;
        }

        Assert.InRange(held, claimed, 1.0000001);
    }

    [Fact]
    public void OneRunAgainstOne_HasNoInterval() => Assert.Null(new RankTest([1], [2]).Interval);

    [Fact]
    public void ThreeAgainstThree_HaveAnIntervalThatIsLessSure()
    {
        (double low, double high, double confidence) = new RankTest([1, 2, 3], [11, 12, 13]).Interval!.Value;

        Assert.Equal((8, 12), (low, high));
        Assert.Equal(0.9, confidence, 6);
    }

    [Fact]
    public void Holm_MultipliesTheSmallestByTheirNumber_AndNeverTurnsTheOrderAround()
    {
        Assert.Equal([0.03, 0.06, 0.06], Holm.Adjust([0.01, 0.04, 0.03]).Select(static p => System.Math.Round(p, 10)));
        Assert.Equal([1, 1], Holm.Adjust([0.9, 0.7]));
    }

    /// <summary>Runs after of which the middle one is moved up until so many pairs are won.</summary>
    private static RankTest WithWins(int runs, int wins)
    {
        double[] before = [.. Enumerable.Range(0, runs).Select(static i => 10.0 * (i + 1))];
        double[] after = new double[runs];
        for (int i = runs - 1; i >= 0; i--)
        {
            int won = System.Math.Min(wins, runs);
            wins -= won;
            after[i] = (10 * won) + 1 + (i * 0.1);
        }

        return new RankTest(before, after);
    }
}
