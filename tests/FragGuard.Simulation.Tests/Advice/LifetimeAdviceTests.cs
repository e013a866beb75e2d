using System;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Advice;

public sealed class LifetimeAdviceTests
{
    private const double Minute = 60;
    private const double Day = 86_400;

    /// <summary>A long-lived entry of a page or two in the run that a large one left keeps the run from the next large one.</summary>
    [Theory]
    [InlineData("lua-shared-dict")]
    [InlineData("nginx-slab")]
    public void SmallLongLivedBesideLargeShortLived_AreHarmful(string model)
    {
        LifetimeAdvice advice = InZone(model, new(4_000, 8_000, Day), new(20_000, 60_000, Minute))!;

        Assert.InRange(advice.Harm, 0.1, 0.25);
        Assert.InRange(advice.Split.Waste, 0.05, 0.15);
        Assert.Equal(Day, advice.ShortestLong);
        Assert.InRange(advice.LongShare, 0.1, 0.2);
    }

    /// <summary>The twin whose lifetimes are the other way round: small holes, small entries.</summary>
    [Theory]
    [InlineData("lua-shared-dict")]
    [InlineData("nginx-slab")]
    public void LargeLongLivedBesideSmallShortLived_AreHarmless(string model) =>
        Assert.Equal(0, InZone(model, new(4_000, 8_000, Minute), new(20_000, 60_000, Day))!.Harm);

    [Theory]
    [InlineData(500, 500)]
    [InlineData(20_000, 60_000)]
    public void FixedSizes_AreHarmlessHoweverLongTheyLive(long longLived, long shortLived) => Assert.InRange(
        InZone("lua-shared-dict", new(longLived, longLived, Day), new(shortLived, shortLived, Minute))!.Harm, 0, 0.02);

    [Fact]
    public void OneLifetime_HasNothingToSplit() =>
        Assert.Null(InZone("lua-shared-dict", new(4_000, 8_000, Day), new(20_000, 60_000, Day)));

    /// <summary>A zone is simulated with no more than 128 MiB, and 50 entries are the least that tell something.</summary>
    [Theory]
    [InlineData(2_000_000, true)]
    [InlineData(5_000_000, false)]
    public void EntriesTooLargeToSimulate_TellNothing(long largest, bool isSimulated) => Assert.Equal(
        isSimulated,
        LifetimeAdvisor.InZone(new LifetimeMix([new(2_000_000, 2_000_000, Day), new(2_000_000, largest, Minute)]), "nginx-slab", 4L << 30) is not null);

    [Fact]
    public void WidestGap_PartsTheLifetimes() => Assert.Equal(
        Day, InZone("lua-shared-dict", new(4_000, 8_000, Day), new(4_000, 8_000, 2 * Day), new(20_000, 60_000, Minute))!.ShortestLong);

    [Fact]
    public void ImpossiblePart_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => InZone("lua-shared-dict", new LifetimeMixPart(1, 2, 0)));
        Assert.Throws<ModelSettingException>(() => InZone("none", new(4_000, 8_000, Day), new(20_000, 60_000, Minute)));
    }

    private static LifetimeAdvice? InZone(string model, params LifetimeMixPart[] parts) =>
        LifetimeAdvisor.InZone(new LifetimeMix(parts), model, 40 << 20);
}
