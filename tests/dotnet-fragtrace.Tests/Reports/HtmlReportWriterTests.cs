using System;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Reports;

public sealed partial class HtmlReportWriterTests
{
    private const int MostBytes = 2_000_000;

    [Fact]
    public void Page_LoadsNothingAndRunsNothing()
    {
        string page = Page(SampleReports.Full with { Findings = [] });

        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("http", page.Replace("http-equiv", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain("@import", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("image cache")]
    [InlineData(SampleReports.Hostile)]
    [InlineData("</pre></svg></style>")]
    public void Body_IsWellFormed(string name)
    {
        XElement body = Body(SampleReports.Named(name));

        Assert.Equal(4, body.Descendants("article").Count());
    }

    [Fact]
    public void HostileName_IsShownAsItsText()
    {
        XElement body = Body(SampleReports.Named("<script>alert('x')</script>"));

        Assert.Equal("<script>alert('x')</script>", body.Descendants("h3").First().Value);
        Assert.Empty(body.Descendants("script"));
    }

    [Theory]
    [InlineData("https://example.org/FG1001", 1)]
    [InlineData("javascript:alert(1)", 0)]
    [InlineData("file:///etc/passwd", 0)]
    [InlineData(null, 0)]
    public void OnlyAWebAddress_IsALink(string? helpUri, int links)
    {
        ReportedFinding finding = SampleReports.Full.Findings[0] with { HelpUri = helpUri };

        Assert.Equal(links, Body(SampleReports.Full with { Findings = [finding] }).Descendants("a").Count());
    }

    [Fact]
    public void Excerpt_MarksTheFindingsLine()
    {
        XElement hit = Body(SampleReports.Full).Descendants("pre").First().Elements("span")
            .Single(line => line.Attribute("class") is not null);

        Assert.Equal("42    var value = new byte[bytes];", hit.Value.TrimEnd());
    }

    [Fact]
    public void EmptyRun_HasNoEmptySections()
    {
        XElement body = Body(SampleReports.Empty);

        Assert.Empty(body.Descendants("section"));
        Assert.StartsWith("After full GCs ", body.Descendants("h1").Single().Value, StringComparison.Ordinal);
        Assert.StartsWith("The build has no findings; ", HeadingOfBuild(), StringComparison.Ordinal);
    }

    [Fact]
    public void FullRun_HasEverySection() => Assert.Equal(16, Body(SampleReports.Full).Descendants("section").Count());

    [Fact]
    public void LargeHeap_StaysASmallPage()
    {
        string page = Page(SampleReports.Large(extents: 400_000, gcs: 100_000));

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, MostBytes);
        Assert.InRange(Cells().Count(page), 1, 6_000);
    }

    [Fact]
    public void LargeGenerations_StayASmallPage()
    {
        MapExtent[] map = [.. Enumerable.Range(0, 100_000).Select(i => new MapExtent(i * 100L, 100, i % 2 == 0 ? "used" : "free", "site"))];
        string page = Page(SampleReports.Full with { HeapDetail = SampleReports.Detail("large", map) });

        Assert.InRange(Encoding.UTF8.GetByteCount(page), 1, MostBytes);
    }

    [Fact]
    public void HeapDetail_DrawsEveryGenerationOfEveryMoment()
    {
        XElement body = Body(SampleReports.Empty with { HeapDetail = SampleReports.Full.HeapDetail });

        Assert.Equal(10, body.Descendants("svg").Count());
        Assert.Contains(body.Descendants("h2"), title => title.Value.StartsWith("The heap when it wasted most: after blocking full GC 7", StringComparison.Ordinal));
    }

    [Fact]
    public void LargestHole_IsMarkedOnceInEachOfItsRows()
    {
        XElement[] hole = [.. Body(SampleReports.Full with { HeapDetail = null }).Descendants("rect")
            .Where(cell => string.Equals((string?)cell.Attribute("class"), "free hole", StringComparison.Ordinal))];

        Assert.NotEmpty(hole);
        Assert.Equal(hole.Length, hole.Select(cell => (string?)cell.Attribute("y")).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void ImpossibleNumbers_StillMakeAPage()
    {
        RunReport report = SampleReports.Full with
        {
            Timeline = [new HeapMoment(double.PositiveInfinity, -1, 9, -5, long.MaxValue, long.MaxValue, 0, 0, long.MaxValue)],
            WorstMoment = new HeapMap("odd", double.NaN, false, -1,
            [
                new MapExtent(long.MaxValue, long.MaxValue, "free", null),
                new MapExtent(-10, -10, "used", null),
                new MapExtent(0, 100, "\"><b>", "site"),
                new MapExtent(50, 100, "used", "overlaps"),
            ]),
            SizeDistribution = [new SizeBucket(-1, 0, -1, -1, long.MaxValue, long.MaxValue)],
            WhatIf = [new WhatIfRow("odd", "odd", -1, double.NaN, double.PositiveInfinity, true)],
        };

        Assert.NotEmpty(Body(report).Descendants("rect"));
    }

    [Fact]
    public void UnknownVerdict_NeverReachesAnAttribute()
    {
        ReportedFinding finding = SampleReports.Full.Findings[0] with { Verdict = "\"onclick=" };

        XElement card = Body(SampleReports.Full with { Findings = [finding] }).Descendants("article").Single();

        Assert.Equal("card finding unknown", (string?)card.Attribute("class"));
    }

    private static string Page(RunReport report) => ReportWriterTests.Written("html", report);

    /// <summary>The body read as XML: every tag the page opens it must also close.</summary>
    private static string HeadingOfBuild() => Body(
        SampleReports.Empty with { Target = SampleReports.Empty.Target with { Project = "App" } }).Descendants("h1").Single().Value;

    private static XElement Body(RunReport report)
    {
        string page = Page(report);
        int start = page.IndexOf("<body>", StringComparison.Ordinal);
        return XElement.Parse(page[start..page.IndexOf("</html>", StringComparison.Ordinal)]);
    }

    [GeneratedRegex("<rect ", RegexOptions.None, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Cells();
}
