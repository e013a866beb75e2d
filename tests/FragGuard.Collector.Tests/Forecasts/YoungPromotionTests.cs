using FragGuard.Collector.Feeds;
using FragGuard.Collector.Forecasts;

namespace FragGuard.Collector.Tests.Forecasts;

/// <summary>What is learnt of the runtime's threshold: a tenth of the smallest budget of generation 0.</summary>
public sealed class YoungPromotionTests
{
    private const long Budget = 6_000_000;
    private const long Few = Budget / 10;
    private const long Large = 50_000_000;

    private readonly YoungPromotion _promotion = new();

    [Fact]
    public void NothingKnown_SurvivorsGrowOlder() => Assert.True(_promotion.Foretell(0, 1, Large));

    [Fact]
    public void FullGc_AlwaysMakesThemOlder()
    {
        GrantTwice();

        Assert.True(_promotion.Foretell(2, 1, Large));
    }

    [Theory]
    [InlineData(Few, Large, false)]
    [InlineData(Few + 1, Large, true)]
    [InlineData(1, Few, false)]
    [InlineData(1, Few - 1, true)]
    public void SmallestBudgetGrantedTwice_IsTheThreshold(long survived, long older, bool promotes)
    {
        GrantTwice();

        Assert.Equal(promotes, _promotion.Foretell(0, survived, older));
    }

    [Fact]
    public void BudgetGrantedOnce_MayBeLargerThanTheSmallest()
    {
        Learn(0, 1, Large, Gc(isCompacting: false));

        Assert.True(_promotion.Foretell(0, Few, Large));
    }

    [Fact]
    public void AsFewAsStayedYoungBefore_StayYoung()
    {
        Learn(0, 1_000, Large, Gc() with { IsPromoting = false });

        Assert.False(_promotion.Foretell(0, 1_000, Large));
        Assert.True(_promotion.Foretell(0, 1_001, Large));
        Assert.True(_promotion.Foretell(0, 1_000, 999));
    }

    [Fact]
    public void AsManyAsGrewOlderBefore_GrowOlder()
    {
        GrantTwice();
        Learn(0, 500_000, Large, Gc());

        Assert.True(_promotion.Foretell(0, 500_001, Large));
        Assert.False(_promotion.Foretell(0, 500_000, Large));
    }

    [Fact]
    public void Generation1_AddsItsOwnShare()
    {
        const long Share = 52_428;
        GrantTwice();

        Assert.False(_promotion.Foretell(1, Few + Share, Large));
        Assert.True(_promotion.Foretell(1, Few + Share + 1, Large));
    }

    /// <summary>A sweep always makes survivors older, however few.</summary>
    [Fact]
    public void Sweep_TeachesNothing()
    {
        GrantTwice();
        Learn(0, 1_000, Large, Gc(isCompacting: false));

        Assert.False(_promotion.Foretell(0, Few, Large));
    }

    private static GcMechanisms Gc(bool isCompacting = true) =>
        new(1, 0, IsConcurrent: false, isCompacting) { IsPromoting = true, YoungBudgetBytes = Budget };

    private void GrantTwice()
    {
        Learn(0, 1, Large, Gc(isCompacting: false));
        Learn(0, 1, Large, Gc(isCompacting: false));
    }

    private void Learn(int generation, long survived, long older, GcMechanisms measured) =>
        _promotion.Learn(generation, survived, older, measured);
}
