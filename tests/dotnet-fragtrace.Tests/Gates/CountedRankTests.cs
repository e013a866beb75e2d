using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.FragTrace.Gates;
using FragGuard.FragTrace.Gates.Baselines;
using FragGuard.FragTrace.Gates.Comparisons;

namespace FragGuard.FragTrace.Tests.Gates;

/// <summary>What the gate calculates, held against plain counting and against published tables.</summary>
public sealed class CountedRankTests(ITestOutputHelper output)
{
    [Fact]
    public void Chances_AreThoseOfAllArrangements()
    {
        Random random = Seeded();
        for (int before = 1; before <= 6; before++)
        {
            for (int after = 1; after <= 6; after++)
            {
                double[] values = [.. Enumerable.Range(0, before + after).Select(i => i + (random.NextDouble() / 2))];
                random.Shuffle(values);
                double[] first = values[..before];
                double[] second = values[before..];
                RankTest test = new(first, second);

                Assert.Equal(CountedRanks.Larger(first, second), test.Larger, 9);
                Assert.Equal(CountedRanks.Larger(second, first), test.Smaller, 9);
            }
        }
    }

    [Theory]
    [InlineData(7, 9)]
    [InlineData(12, 5)]
    [InlineData(20, 20)]
    public void Chances_OfLargerGroups_FollowTheRecurrence(int before, int after)
    {
        for (int wins = 0; wins <= before * after; wins += 1 + (before * after / 60))
            Assert.Equal(CountedRanks.AtMost(before, after, wins), WithWins(before, after, wins).Smaller, 6);
    }

    /// <summary>Critical values of U, one-sided, as statistics books print them: the largest U that is still significant.</summary>
    [Theory]
    [InlineData(0.05, new[] { 4, 7, 11, 15, 21, 27 })]
    [InlineData(0.025, new[] { 2, 5, 8, 13, 17, 23 })]
    [InlineData(0.01, new[] { 1, 3, 6, 9, 14, 19 })]
    [InlineData(0.005, new[] { 0, 2, 4, 7, 11, 16 })]
    public void CriticalValues_AreThoseOfTheTables_FromFiveToTenOnEachSide(double significance, int[] critical)
    {
        for (int i = 0; i < critical.Length; i++)
        {
            int runs = 5 + i;

            Assert.InRange(WithWins(runs, runs, critical[i]).Smaller, 0, significance);
            Assert.InRange(WithWins(runs, runs, critical[i] + 1).Smaller, Math.BitIncrement(significance), 1);
        }
    }

    /// <summary>Counts of GCs and the like are often equal.</summary>
    [Fact]
    public void Ties_HaveTheChancesOfAllArrangementsOfTheSameValues()
    {
        Random random = Seeded();
        for (int i = 0; i < 300; i++)
        {
            double[] first = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => (double)random.Next(5))];
            double[] second = [.. Enumerable.Range(0, random.Next(1, 7)).Select(_ => (double)random.Next(2, 8))];
            RankTest test = new(first, second);

            Assert.Equal(CountedRanks.Larger(first, second), test.Larger, 9);
            Assert.Equal(CountedRanks.Larger(second, first), test.Smaller, 9);
        }
    }

    /// <summary>Of all arrangements of two groups without a shift, the interval holds 0 in just the share that it promises.</summary>
    [Theory]
    [InlineData(3, 3)]
    [InlineData(4, 4)]
    [InlineData(5, 5)]
    [InlineData(4, 7)]
    public void Interval_HoldsTheShiftAsOftenAsItSays(int before, int after)
    {
        Random random = Seeded();
        double[] values = [.. Enumerable.Range(0, before + after).Select(_ => random.NextDouble())];
        double[][][] deals = [.. CountedRanks.Deals(values, after)];
        (double Low, double High, double Confidence)[] intervals = [.. deals.Select(deal => new RankTest(deal[0], deal[1]).Interval!.Value)];

        Assert.Equal(
            intervals[0].Confidence, (double)intervals.Count(static one => one.Low <= 0 && 0 <= one.High) / intervals.Length, 6);
    }

    [Fact]
    public void Shift_IsTheMedianOfAllDifferences()
    {
        Random random = Seeded();
        for (int i = 0; i < 200; i++)
        {
            double[] first = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.NextDouble())];
            double[] second = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => random.NextDouble())];
            double shift = new RankTest(first, second).Shift;

            double tied = CountedRanks.Wins(first, [.. second.Select(one => one - shift)]);
            Assert.InRange(tied, (first.Length * second.Length / 2.0) - 0.5, (first.Length * second.Length / 2.0) + 0.5);
        }
    }

    /// <summary>Holm's own words: reject the smallest at a / k, the next at a / (k − 1), and stop at the first that is not.</summary>
    [Fact]
    public void Holm_RejectsWhatTheStepsReject()
    {
        Random random = Seeded();
        for (int i = 0; i < 2_000; i++)
        {
            double[] chances = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Math.Pow(random.NextDouble(), 4))];
            double significance = 0.001 + (random.NextDouble() * 0.1);
            bool[] rejected = new bool[chances.Length];
            int[] order = [.. Enumerable.Range(0, chances.Length)];
            Array.Sort((double[])chances.Clone(), order);
            for (int step = 0; step < order.Length && chances[order[step]] <= significance / (order.Length - step); step++)
                rejected[order[step]] = true;

            Assert.Equal(rejected, Holm.Adjust(chances).Select(adjusted => adjusted <= significance));
        }
    }

    /// <summary>Student's t for 99.9 % on one side, as printed in tables, for 3 to 30 runs.</summary>
    [Theory]
    [InlineData(3, 22.327)]
    [InlineData(4, 10.215)]
    [InlineData(5, 7.173)]
    [InlineData(6, 5.893)]
    [InlineData(10, 4.297)]
    [InlineData(20, 3.579)]
    [InlineData(30, 3.396)]
    public void ProposedDrift_IsThePredictionIntervalOfOneMoreRun(int runs, double t)
    {
        double[] values = [.. Enumerable.Range(0, runs).Select(static i => 0.4 + (0.003 * (i % 2 == 0 ? i : -i)))];
        double mean = values.Sum() / runs;
        double deviation = Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (runs - 1));
        double reach = t * deviation * Math.Sqrt((runs + 1.0) / runs);

        BaselineEntry entry = BaselineMaker.Of(
            [.. values.Select(value => new MeasuredRun("", "", new Dictionary<string, double>(StringComparer.Ordinal) { ["loh.fragmentation"] = value }, 0, 0, null))],
            ["loh.fragmentation"],
            new Dictionary<string, Drift>(StringComparer.Ordinal)).Metrics["loh.fragmentation"];

        // Tables have three digits; the drift is rounded up to four.
        Assert.InRange(entry.Absolute, reach * (1 - (0.0005 / t)), (reach * (1 + (0.0005 / t))) + 0.0001);
    }

    private Random Seeded()
    {
        int seed = Environment.TickCount;
        output.WriteLine(FormattableString.Invariant($"seed {seed}"));
        return new Random(seed);
    }

    /// <summary>Groups without ties of which the second wins so many pairs.</summary>
    private static RankTest WithWins(int before, int after, int wins)
    {
        double[] second = new double[after];
        for (int i = 0; i < after; i++)
        {
            int won = Math.Min(wins, before);
            wins -= won;
            second[i] = won + 0.5 + (0.01 * i);
        }

        return new RankTest([.. Enumerable.Range(1, before).Select(static i => (double)i)], second);
    }
}
