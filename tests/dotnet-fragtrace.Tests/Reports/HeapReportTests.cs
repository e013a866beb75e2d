using System;
using System.IO;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Html;
using FragGuard.FragTrace.Reports.Terminal;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed class HeapReportTests
{
    private static readonly HeapReport Named = new()
    {
        Target = new HeapTarget(7, SampleReports.Hostile, SampleReports.Hostile),
        Quality = new HeapQuality(10, 0, true, 0, 0, null),
        Gc = 3,
        PauseMs = 12,
        Objects = 100,
        LiveBytes = 5_000,
        FreeBytes = 1_000,
        Generations =
        [
            new HeapGenerationRow("loh", 1, 100, 6_000, 5_000, 968, 32, 8_000, 2, 900, 868, 0.07, [new SizeRow(512, 2, 968)], 6_000, 1_000),
        ],
        Outside = new OutsideRow(1, 24),
        Holes = [new HoleRow(0x1000, 900, "loh", SampleReports.Hostile, null)],
        Types = [new TypeRow(SampleReports.Hostile, 100, 5_000, 2, 968)],
        TypesBesideHoles = [new TypeRow(SampleReports.Hostile, 100, 5_000, 2, 968)],
        Regions = [new RegionRow("loh", 0x1000, 6_000, 8_000, 5_000, 968, 100, 900)],
        CacheInstances = 1,
        Caches =
        [
            new HeapCacheRow(
                "dictionary", SampleReports.Hostile, 0x2000, null, 4_000, new ValueSizes(3, 30, 5, 10, 15, 15, 15, []), 1, "static",
                SampleReports.Hostile, [SampleReports.Hostile]),
        ],
        WhyNoCaches = null,
    };

    [Fact]
    public void NamesFromTheHeap_NeverBecomeMarkupOrControlCharacters()
    {
        string page = Page(Named);
        string text = Text(Named);

        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", page + text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u202e", page + text, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void ExactSnapshot_SaysSo() =>
        Assert.Contains("are the same to the byte", Text(Named), StringComparison.Ordinal);

    [Fact]
    public void RuntimeThatDisagrees_IsShownWithBothFigures()
    {
        HeapReport report = Named with { Generations = [Named.Generations[0] with { RuntimeFreeBytes = 999 }] };

        Assert.DoesNotContain("same to the byte", Text(report), StringComparison.Ordinal);
        Assert.Contains("999 B", Text(report), StringComparison.Ordinal);
    }

    [Fact]
    public void LossySnapshot_ClaimsNothingExact()
    {
        HeapReport report = Named with
        {
            Quality = Named.Quality with { EventsLost = 5, Exact = false },
            Caches = null,
            WhyNoCaches = "events were lost",
        };

        Assert.Contains("at least 100 objects", Text(report), StringComparison.Ordinal);
        Assert.Contains("Not exact", Text(report), StringComparison.Ordinal);
        Assert.Contains("Caches were not looked for: events were lost.", Text(report), StringComparison.Ordinal);
        Assert.Contains("at least", Page(report), StringComparison.Ordinal);
    }

    [Fact]
    public void UnnamedTypes_AreSaidWithWhatToDo() => Assert.Contains(
        "The type of 9 objects was not named", Text(Named with { Quality = Named.Quality with { UnnamedObjects = 9 } }),
        StringComparison.Ordinal);

    [Fact]
    public void SnapshotWithoutRegions_SaysWhatIsMissing() => Assert.Contains(
        "The recording lists no regions", Text(Named with { Generations = [], Regions = [], Holes = [] }), StringComparison.Ordinal);

    [Fact]
    public void TypesOfCaches_ComeWithoutNamespacesInText()
    {
        HeapReport report = Named with { Caches = [Named.Caches![0] with { Type = "A.B.Map<C.D.Key, int>" }] };

        Assert.Contains("Map<Key, int>", Text(report), StringComparison.Ordinal);
        Assert.Contains("A.B.Map&lt;C.D.Key, int&gt;", Page(report), StringComparison.Ordinal);
    }

    [Fact]
    public void MapOfAGeneration_IsDrawn()
    {
        HeapMap map = new("Large objects", double.NaN, true, 6_000,
            [new MapExtent(0x1000, 5_000, "used", SampleReports.Hostile), new MapExtent(0x1000 + 5_000, 1_000, "free", null)]);

        string page = Page(Named, map);

        Assert.Contains("class=\"free hole\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("–,", page, StringComparison.Ordinal);
    }

    private static string Page(HeapReport report, params HeapMap[] maps)
    {
        using StringWriter output = new();
        HeapPage.Write(report, maps, output);
        return output.ToString();
    }

    private static string Text(HeapReport report)
    {
        using StringWriter output = new();
        HeapText.Write(report, output);
        return output.ToString().Replace("\n", " ", StringComparison.Ordinal);
    }
}
