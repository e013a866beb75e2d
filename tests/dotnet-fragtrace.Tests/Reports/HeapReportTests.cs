using System;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

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

        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
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
    public void MapOfAGeneration_IsDrawnWithItsLargestHole()
    {
        HeapMap map = new("large objects", double.NaN, true, 6_000,
            [new MapExtent(0x1000, 5_000, "used", SampleReports.Hostile), new MapExtent(0x1000 + 5_000, 1_000, "free", null)]);

        PageMap drawn = HeapPage.Of(Named, [map]).Sections.Select(section => section.Map).OfType<PageMap>().Single();

        Assert.Equal("u5000@0 f1000", drawn.Moments[0].Layout);
        Assert.Equal(0x1000, drawn.Moments[0].Start);
        Assert.Equal([SampleReports.Hostile], drawn.Sites);
        Assert.Contains("1 hole with 1000 B", drawn.Moments[0].Caption, StringComparison.Ordinal);
        Assert.DoesNotContain("–", drawn.Moments[0].Label, StringComparison.Ordinal);
    }

    [Fact]
    public void EveryTable_HasAsManyCellsAsHeadings()
    {
        PageTable[] tables = [.. HeapPage.Of(Named, []).Sections.Select(section => section.Table).OfType<PageTable>()];

        Assert.Equal(6, tables.Length);
        Assert.All(tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Headings.Count, row.Count)));
    }

    [Fact]
    public void SameSnapshot_IsTheSamePage() => Assert.Equal(Page(Named), Page(Named));

    private static string Page(HeapReport report) => Written(report, "html");

    private static string Text(HeapReport report) => string.Join(
        ' ', Written(report, "text").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string Written(HeapReport report, string form)
    {
        using StringWriter output = new();
        new ResultForms<HeapReport>(report, ReportJson.Default.HeapReport, () => HeapPage.Of(report, [])).WriteText(form, output);
        return output.ToString();
    }
}
