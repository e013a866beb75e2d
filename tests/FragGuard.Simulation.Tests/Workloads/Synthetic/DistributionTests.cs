using System;
using System.Linq;
using FragGuard.Simulation.Workloads;
using FragGuard.Simulation.Workloads.Synthetic;

namespace FragGuard.Simulation.Tests.Workloads.Synthetic;

/// <summary>Draws against the means that the definitions give, and against figures that must never change.</summary>
public sealed class DistributionTests
{
    private const int Draws = 200_000;

    [Theory]
    [InlineData("fixed(64)", 64, 0)]
    [InlineData("uniform(16,1016)", 516, 0.01)]
    [InlineData("exponential(2000)", 2_000, 0.01)]
    [InlineData("exponential(1)", 1, 0)]
    [InlineData("bimodal(64,4096,0.9)", (0.9 * 64) + (0.1 * 4_096), 0.02)]
    [InlineData("histogram(16:50,100-200:30,4096:20)", (0.5 * 16) + (0.3 * 150) + (0.2 * 4_096), 0.02)]
    [InlineData("pareto(1000,3)", 500.5, 0.03)]
    public void Mean_IsTheDefinitions(string text, double mean, double tolerance) =>
        Assert.Equal(mean, Numbers(text).Average(), mean * tolerance);

    [Fact]
    public void LogNormal_HasTheMedianAndSpreadOfItsLogarithm()
    {
        long[] drawn = [.. Numbers("lognormal(7,1.2)").Order()];

        Assert.Equal(Math.Exp(7), drawn[Draws / 2], Math.Exp(7) * 0.02);
        Assert.Equal(Math.Exp(8.2), drawn[(int)(Draws * 0.8413)], Math.Exp(8.2) * 0.02);
    }

    /// <summary>Of a heavy tail, those that have lived have longer to live; of the exponential they do not.</summary>
    [Theory]
    [InlineData("pareto(1000,3)", 1.5, 2.5)]
    [InlineData("exponential(1000)", 0.95, 1.05)]
    public void RestOfLife_GrowsWithAgeOrDoesNot(string text, double least, double most)
    {
        long[] lifetimes = Numbers(text);
        double rest = lifetimes.Where(lifetime => lifetime > 1_000).Average(lifetime => lifetime - 1_000.0);

        Assert.InRange(rest / lifetimes.Average(), least, most);
    }

    /// <summary>Sums of a million draws, the same when computed with another language's own logarithm and exponential.</summary>
    [Theory]
    [InlineData("uniform(16,1016)", 515_938_296)]
    [InlineData("exponential(2000)", 2_000_237_806)]
    [InlineData("lognormal(7,1.2)", 2_245_301_612)]
    [InlineData("pareto(1000,3)", 500_129_740)]
    public void Draws_AreTheSameOnEveryRuntime(string text, long sum) => Assert.Equal(sum, Numbers(text, 1_000_000).Sum());

    [Fact]
    public void PortableMath_AgreesWithTheRuntimes()
    {
        SeededRandom random = new(5);
        for (int i = 0; i < 10_000; i++)
        {
            double x = (random.NextRatio() * 80) - 40;
            Assert.Equal(1, PortableMath.Exp(x) / Math.Exp(x), 1e-13);
            double y = PortableMath.Exp(x);
            Assert.Equal(Math.Log(y), PortableMath.Ln(y), 1e-13 * Math.Max(1, Math.Abs(x)));
        }

        Assert.Equal(0, PortableMath.Exp(-10_000));
    }

    [Theory]
    [InlineData("")]
    [InlineData("fixed")]
    [InlineData("fixed()")]
    [InlineData("fixed(0)")]
    [InlineData("fixed(1.5)")]
    [InlineData("fixed(1,2)")]
    [InlineData("fixed(64")]
    [InlineData("uniform(2,1)")]
    [InlineData("exponential(0.5)")]
    [InlineData("exponential(-1)")]
    [InlineData("exponential(NaN)")]
    [InlineData("lognormal(1e400,1)")]
    [InlineData("lognormal(29,1)")]
    [InlineData("pareto(1,0)")]
    [InlineData("bimodal(1,2,1.5)")]
    [InlineData("histogram(1:0)")]
    [InlineData("histogram(2-1:1)")]
    [InlineData("histogram(1)")]
    [InlineData("histogram(1-2-3:1)")]
    [InlineData("fixed(1099511627777)")]
    [InlineData("zipf(1)")]
    public void OtherText_IsRefused(string text) => Assert.Null(DistributionText.Parse(text));

    private static long[] Numbers(string text, int count = Draws)
    {
        SeededRandom random = new(3);
        Distribution distribution = DistributionText.Parse(text)!;
        return [.. Enumerable.Range(0, count).Select(_ => distribution.Draw(random))];
    }
}
