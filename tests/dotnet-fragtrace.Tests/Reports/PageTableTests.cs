using System;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>Tables of pages in the forms that a browser shows.</summary>
public sealed class PageTableTests
{
    [Theory]
    [InlineData("html")]
    [InlineData("markdown")]
    public void AColumnOfDashes_IsLeftOut_AndItsTwinWithOneValueIsNot(string form)
    {
        string none = Written(form, new PageTable(["a", ">size", ">age"], [["x", "1", "–"], ["y", "2", ""]]));
        string one = Written(form, new PageTable(["a", ">size", ">age"], [["x", "1", "–"], ["y", "2", "3"]]));

        Assert.DoesNotContain("age<", none, StringComparison.Ordinal);
        Assert.DoesNotContain("age |", none, StringComparison.Ordinal);
        Assert.Contains(form is "html" ? ">age</th>" : "| age |", one, StringComparison.Ordinal);
        Assert.Contains(form is "html" ? "<td class=\"right\">–</td>" : "| x | 1 | – |", one, StringComparison.Ordinal);
    }

    [Fact]
    public void TableWithoutRows_IsNotDrawn()
    {
        Assert.DoesNotContain("<table", Written("html", new PageTable(["type", ">entries"], [])), StringComparison.Ordinal);
        Assert.Contains("<table", Written("html", new PageTable(["type", ">entries"], [["a", "1"]])), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("html", "<td class=\"part\">", "inaccessible</td>")]
    [InlineData("markdown", "| &nbsp;&nbsp;", "inaccessible |")]
    public void PartOfTheRowAbove_StandsIn(string form, string start, string end)
    {
        string text = Written(form, new PageTable(["what", ">bytes"], [["virtual", "2 KiB"], ["  inaccessible", "1 KiB"]]));

        Assert.Matches(System.Text.RegularExpressions.Regex.Escape(start) + " *" + System.Text.RegularExpressions.Regex.Escape(end), text);
        Assert.Single(text.Split(start).Skip(1));
    }

    [Theory]
    [InlineData("u10 f5", "u20 f5", false)]
    [InlineData("u10 f5", "", false)]
    [InlineData("u10 f5", "no layout", true)]
    public void OnlyMomentsThatHadALayout_AreMissed(string first, string second, bool isMissed)
    {
        PageMap map = new("heap", [], [new PageMapMoment("GC 1", "", 0, first), new PageMapMoment("GC 2", "", 0, second)], 0);

        string html = Written("html", new PageSection("map", "") { Map = map });

        Assert.Equal(isMissed, html.Contains("1 of 2 moments are here", StringComparison.Ordinal));
        Assert.Equal(isMissed, html.Contains("moments are here", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fullGcs", "Full GCs")]
    [InlineData("birthsPerFullGc", "Births per full GC")]
    [InlineData("lohMeanBytes", "LOH mean")]
    public void Quantity_IsNamedInWords(string name, string label) => Assert.Equal(label, Quantity.Label(name));

    [Theory]
    [InlineData("/src/Cache.cs", 18, "byte[] Cache.Store Cache.cs:18")]
    [InlineData("/src/Cache.cs", 0, "byte[] Cache.Store Cache.cs")]
    [InlineData(null, 18, "byte[] Cache.Store")]
    public void Site_NamesALineThatIsKnown(string? file, int line, string expected) =>
        Assert.Equal(expected, SiteTexts.Of(new AllocationSite("Cache.Store", file, line, "byte[]")));

    [Fact]
    public void Replay_SaysWhatItsModelIsGoodForInASentence() => Assert.Contains(
        "measured. Of this model: exact when full GCs block.",
        RunPage.Of(SampleReports.Full with { Replay = SampleReports.Full.Replay! with { Fidelity = "exact when full GCs block" } })
            .Sections.Single(section => section.Heading is "Does the model know this heap?").Lead,
        StringComparison.Ordinal);

    private static string Written(string form, PageTable table) => Written(form, new PageSection("h", "", table));

    private static string Written(string form, PageSection section)
    {
        using StringWriter output = new();
        PageFormats.ByName(form).WriteText!(new ReportPage("s", "t", [], [section], []), output);
        string text = output.ToString();
        int body = text.IndexOf("<main", StringComparison.Ordinal);
        return body < 0 ? text : text[body..text.IndexOf("<footer", StringComparison.Ordinal)];
    }
}
