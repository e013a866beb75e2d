using System;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>Extents of a result as a map.</summary>
public sealed class MapDraftTests
{
    [Fact]
    public void Words_BecomeUses_AndAnyOtherWordIsTheAllocatorsOwn() => Assert.Equal(
        "u1 f2 r3 x4 m5 m6",
        Map([
            new(0, 1, "used", null), new(1, 2, "free", null), new(3, 3, "released", null), new(6, 4, "unknown", null),
            new(10, 5, "metadata", null), new(15, 6, "\"><b>", null),
        ]).Moments[0].Layout);

    [Fact]
    public void OneHole_IsSaidInTheSingular()
    {
        MapExtent[] one = [new(0, 10, "used", null), new(10, 20, "free", null)];

        Assert.Equal("1 hole with 20 B; nothing larger fits without growing the heap.", Map(one).Moments[0].Caption);
        Assert.Equal(
            "2 holes with 50 B; the largest has 30 B, and nothing larger fits without growing the heap.",
            Map([.. one, new(30, 1, "used", null), new(31, 30, "free", null)]).Moments[0].Caption);
    }

    [Fact]
    public void Sites_AreThoseThatTheMapsStillName()
    {
        MapExtent[] fine = [.. Enumerable.Range(0, 10_000).Select(i => new MapExtent(i * 10L, 10, i % 2 == 0 ? "used" : "free", $"small {i}"))];

        PageMap map = Map([.. fine, new(100_000, 50_000, "used", "large"), new(150_000, 50_000, "free", ""), new(200_000, 50_000, "used", "larger")]);

        Assert.Equal(["large", "larger"], map.Sites, StringComparer.Ordinal);
        Assert.EndsWith(" u50000@0 f50000 u50000@1", map.Moments[0].Layout, StringComparison.Ordinal);
    }

    [Fact]
    public void SitesOfSeveralMoments_ShareOneList()
    {
        MapDraft draft = new("heap");
        draft.Add(1, "first", _ => "", [new(0, 10, "used", "a"), new(10, 5, "free", null)]);
        draft.Add(2, "second", _ => "", [new(0, 10, "used", "b"), new(10, 5, "free", null), new(15, 10, "used", "a")]);

        PageMap map = draft.Finish()!;

        Assert.Equal(["a", "b"], map.Sites, StringComparer.Ordinal);
        Assert.Equal(["u10@0 f5", "u10@1 f5 u10@0"], map.Moments.Select(moment => moment.Layout), StringComparer.Ordinal);
    }

    [Fact]
    public void MomentAtATimeThatIsThere_IsLeftOut_WithItsSites()
    {
        MapDraft draft = new("heap");
        draft.Add(1, "first", _ => "", [new(0, 10, "used", "a"), new(10, 5, "free", null)]);
        draft.Add(1, "again", _ => "", [new(0, 10, "used", "b"), new(10, 50, "free", null)]);

        PageMap map = draft.Finish()!;

        Assert.Equal("first", Assert.Single(map.Moments).Label);
        Assert.Equal(["a"], map.Sites, StringComparer.Ordinal);
    }

    [Fact]
    public void MapWithoutAHole_IsNone()
    {
        MapDraft draft = new("heap");
        draft.Add(1, "now", _ => "", [new(0, 10, "used", "a")]);

        Assert.Null(draft.Finish());
    }

    private static PageMap Map(MapExtent[] extents)
    {
        MapDraft draft = new("heap");
        draft.Add(double.NaN, "now", holes => holes.InWords(), extents);
        return draft.Finish()!;
    }
}
