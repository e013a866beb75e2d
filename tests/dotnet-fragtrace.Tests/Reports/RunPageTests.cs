using System;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>What every form of a report owes its reader.</summary>
public sealed partial class RunPageTests
{
    public static TheoryData<string> Forms => new(RunForms.All.Select(form => form.Name));

    public static TheoryData<string> TextForms => new(RunForms.All.Select(form => form.Name).Where(form => !WrittenReport.Of(SampleReports.Empty).IsBinary(form)));

    /// <summary>Pictures alone need something to draw.</summary>
    [Theory, MemberData(nameof(TextForms))]
    public void EmptyRun_IsAReport(string form)
    {
        if (form is not "svg")
            Assert.NotEmpty(WrittenReport.Text(SampleReports.Empty, form));
    }

    [Theory, MemberData(nameof(Forms))]
    public void SameReport_IsTheSameToTheByte(string form) =>
        Assert.Equal(WrittenReport.Bytes(SampleReports.Named("a name"), form), WrittenReport.Bytes(SampleReports.Named("a name"), form));

    [Theory, MemberData(nameof(TextForms))]
    public void HostileNames_StayText(string form)
    {
        string written = WrittenReport.Text(SampleReports.Named(SampleReports.Hostile), form);

        // Text knows no markup, and Markdown none within a fence, so a tag there is harmless; only there may the name stand as it is.
        string marked = form is "text" ? "" : form is "markdown" ? Fences().Replace(written, "") : written;
        Assert.DoesNotContain("<script>alert", marked, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', written);
        Assert.DoesNotContain('\u202e', form is "json" ? "" : written);
    }

    [Theory]
    [InlineData("text", 240, "")]
    [InlineData("text", 241, "… (241 characters in all)")]
    [InlineData("markdown", 30_000, "… (30,000 characters in all)")]
    [InlineData("html", 30_000, "… (30,000 characters in all)")]
    public void LongCommand_IsShownByItsBeginning(string form, int length, string rest)
    {
        string command = new('x', length);
        RunReport report = SampleReports.Empty with { Target = SampleReports.Empty.Target with { Command = command } };

        string shown = string.Concat(WrittenReport.Text(report, form).Split((char[]?)null));
        Assert.Contains(string.Concat(command.AsSpan(0, 240), rest.Replace(" ", "", StringComparison.Ordinal)), shown, StringComparison.Ordinal);
        Assert.DoesNotContain(new string('x', 241), shown, StringComparison.Ordinal);
        Assert.Contains(command, WrittenReport.Text(report, "json"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.0.12", "Linux", "x64", ".NET 10.0.12 Linux x64")]
    [InlineData("", "Linux", "x64", ".NET Linux x64")]
    [InlineData("", "", "", ".NET")]
    public void Runtime_IsWhatIsKnown(string version, string system, string architecture, string told) =>
        Assert.Equal(told, RunWords.Runtime(new RecordedTarget(1, "app", version, system, architecture, 4)));

    [Theory, MemberData(nameof(Forms))]
    public void ForeignCulture_ChangesNothing(string form)
    {
        byte[] here = WrittenReport.Bytes(SampleReports.Full, form);
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CommaCulture.Create();
        try
        {
            Assert.Equal(here, WrittenReport.Bytes(SampleReports.Full, form));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void FormForOtherPrograms_IsWrittenByItsOwnWriter()
    {
        ResultForms<RunReport> forms = RunForms.Of(SampleReports.Full, [new ReportFormat("names", ".names", new NameWriter())]);

        Assert.False(forms.IsBinary("names"));
        Assert.Equal("image cache", System.Text.Encoding.UTF8.GetString(forms.ToBytes("names")));
    }

    [Theory]
    [InlineData("text")]
    [InlineData("html")]
    public void Report_SaysWhatWasLostAndWhatIsSimulated(string form)
    {
        string written = WrittenReport.Text(SampleReports.Full, form);

        Assert.Contains("17 lost", written, StringComparison.Ordinal);
        Assert.Contains("Unknown lifetimes: 25 %", written, StringComparison.Ordinal);
        Assert.Contains("The recording ends at byte 4711 without its end mark.", written, StringComparison.Ordinal);
        Assert.Contains("3 events name a stack", written, StringComparison.Ordinal);
        Assert.Contains("Simulated:", written, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("html")]
    public void Report_SaysWhatTheHeapRestsOn(string form)
    {
        string written = WrittenReport.Text(SampleReports.Full, form);

        Assert.Contains("400 sampled objects", written, StringComparison.Ordinal);
        Assert.Contains("95 % interval", written, StringComparison.Ordinal);
        Assert.Contains("Not in this recording", written, StringComparison.Ordinal);
    }

    [Fact]
    public void CompleteRecording_SaysSo() => Assert.Contains(
        "complete up to its end mark", WrittenReport.Text(SampleReports.Empty, "text"), StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "knows of no build")]
    [InlineData("App", "The build has none.")]
    public void NoFindings_AreSaidWithTheReason(string? project, string says)
    {
        RunReport report = SampleReports.Empty with { Target = SampleReports.Empty.Target with { Project = project } };
        PageSection findings = RunPage.Of(report).Sections[0];

        Assert.Equal("Findings: none", findings.Heading);
        Assert.Contains(says, findings.Lead, StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_ComeFirst()
    {
        PageSection first = RunPage.Of(SampleReports.Full).Sections[0];

        Assert.Equal("Findings: 1 confirmed, 1 unknown, 1 not exercised, 1 refuted", first.Heading);
        Assert.Equal(4, first.Findings.Count);
    }

    [Fact]
    public void FindingWithoutMeasurement_IsShown()
    {
        ReportedFinding finding = SampleReports.Full.Findings[0] with
        {
            Verdict = Verdicts.Unknown,
            Reason = "nothing was recorded there",
            Predicted = SampleReports.NoNumbers,
            Measured = SampleReports.NoNumbers,
            Excerpt = [],
            HelpUri = null,
        };
        RunReport report = SampleReports.Full with { Findings = [finding] };

        Assert.Contains("nothing was recorded there", WrittenReport.Text(report, "text").ReplaceLineEndings(" "), StringComparison.Ordinal);
        Assert.Contains("nothing was recorded there", WrittenReport.Text(report, "html"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(41, "; on average 43.1 % of its large-object heap is free space that no other generation can use; findings")]
    [InlineData(0, "too few full GCs ran")]
    public void Title_TellsTheFreeShareOnlyWhereItWasMeasured(int steadyStateGcs, string says)
    {
        RunReport report = SampleReports.Full with { Heap = SampleReports.Full.Heap with { SteadyStateGcs = steadyStateGcs } };

        Assert.Contains(says, RunPage.Of(report).Title, StringComparison.Ordinal);
        Assert.EndsWith("1 confirmed, 1 unknown, 1 not exercised, 1 refuted", RunPage.Of(report).Title, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, "354 MiB")]
    [InlineData(0, "–")]
    public void Means_AreToldOnlyWhereTheyWereMeasured(int steadyStateGcs, string mean)
    {
        RunReport report = SampleReports.Full with { Heap = SampleReports.Full.Heap with { SteadyStateGcs = steadyStateGcs } };
        PageTable table = RunPage.Of(report).Sections.Single(section => section.Heading is "GC heap").Table!;

        Assert.Equal(mean, table.Rows.Single(row => row[0].Text is "mean")[1].Text);
    }

    [Fact]
    public void RunWithoutGcs_SaysSoInItsTitle() =>
        Assert.StartsWith("No GC ran", RunPage.Of(SampleReports.Empty).Title, StringComparison.Ordinal);

    [Fact]
    public void FullRun_HasEverySectionInReadingOrder()
    {
        string[] headings = [.. RunPage.Of(SampleReports.Full).Sections.Select(section => section.Heading)];

        Assert.Equal(
            [
                "Findings: 1 confirmed, 1 unknown, 1 not exercised, 1 refuted",
                "GC heap",
                "Map: large-object heap", "Map: generation 2", "Map: pinned-object heap", "Map: generation 1",
                "Map: generation 0",
                "Sizes of blocks and of holes", "Holes of each generation by size",
                "Who holds memory open",
                "The heap when it wasted most: after blocking full GC 7 at 250 ms", "The heap at the end: after blocking full GC 9 at 250 ms",
                "Beside the holes of the worst moment", "Pinned objects and the holes they hold open", "Lifetimes",
                "Caches", "Array pools", "Recyclable memory streams", "Who creates recyclable streams", "Memory pools of ASP.NET Core",
                "Does the model know this heap?", "What if",
            ],
            headings);
    }

    [Fact]
    public void EmptyRun_HasNoEmptySections() => Assert.All(
        RunPage.Of(SampleReports.Empty).Sections, section => Assert.NotEmpty(section.Heading + section.Lead));

    [Fact]
    public void EveryTable_HasAsManyCellsAsHeadings()
    {
        PageTable[] tables = [.. RunPage.Of(SampleReports.Full).Sections.Select(section => section.Table).OfType<PageTable>()];

        Assert.NotEmpty(tables);
        Assert.All(tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Headings.Count, row.Count)));
    }

    [Fact]
    public void Amounts_CarryTheNumberTheyAreSortedBy()
    {
        PageTable holders = RunPage.Of(SampleReports.Full).Sections.Single(section => section.Heading is "Who holds memory open").Table!;

        Assert.Equal(4_000_000, holders.Rows[0][2].Value);
        Assert.Equal(90_000_000, holders.Rows[0][3].Value);
        Assert.Equal(12.5, holders.Rows[0][5].Value);
        Assert.Null(holders.Rows[1][5].Value);
        Assert.Equal(["measured", "sampled"], holders.Rows.Select(row => row[7].Text).ToArray());
    }

    [Fact]
    public void RunWithoutLargeObjects_HasNoShareOfThem() =>
        Assert.Contains("No large object was recorded whose lifetime is unknown.", RunPage.Of(SampleReports.Empty).Honesty, StringComparer.Ordinal);

    /// <summary>The library tells of blocks that come back together by one event.</summary>
    [Fact]
    public void DiscardedStreamBuffers_AreCountedAsTimes() => Assert.Contains(
        ">times discarded, enough free",
        RunPage.Of(SampleReports.Full).Sections.Single(section => section.Heading is "Recyclable memory streams").Table!.Headings,
        StringComparer.Ordinal);

    [Fact]
    public void LifetimesNobodyJudged_AreNotZero()
    {
        PageCell[] unjudged = SharesOf(new LifetimeRow("T at A", 400, 4e7, 3.6e7, 4.4e7, 2e6, 0, 0, 0, 0, 0, 0, 1, 0, null, null));

        Assert.Equal("– – – – – 100 %", string.Join(' ', unjudged));
    }

    [Fact]
    public void LifetimesJudgedInPart_TellWhatIsNotKnown()
    {
        PageCell[] judged = SharesOf(new LifetimeRow("T at A", 400, 4e7, 3.6e7, 4.4e7, 2e6, 0.5, 0.25, 0, 0.0625, 0.0625, 0, 0.09375, 0.03125, 12.5, 2));

        Assert.Equal([0.5, 0.25, 0, 0.125, 0, 0.125], judged.Select(cell => cell.Value));
    }

    [Theory]
    [InlineData("What if", "Simulated")]
    [InlineData("Lifetimes", "Sampled")]
    [InlineData("Array pools", "Measured")]
    public void Sections_SayWhereTheirNumbersComeFrom(string heading, string evidence) => Assert.Equal(
        evidence,
        RunPage.Of(SampleReports.Full).Sections.Single(section => string.Equals(section.Heading, heading, StringComparison.Ordinal)).Evidence.ToString());

    [Fact]
    public void Allocations_AreAddedUpBySite()
    {
        AllocationReport allocations = new(
            "drawn", 1_000, 10, [],
            [new AllocationRow("0 1", "T", "T at A", 3, 300, 3), new AllocationRow("0 2", "U", null, 5, 500, 5), new AllocationRow("0 3", "T", "T at A", 2, 250, 2)],
            1_000, [new AllocationSeriesRow("T at A", [1, 2, 3])]);

        PageSection section = RunPage.Of(SampleReports.Full with { Allocations = allocations }).Sections
            .Single(one => one.Heading is "Who allocates most");

        Assert.Equal("T at A; 55 %", $"{section.Table!.Rows[0][0]}; {section.Table.Rows[0][2]}");
        Assert.Equal(500, section.Table.Rows[1][1].Value);
        Assert.NotNull(section.Picture);
    }

    [Fact]
    public void BestRemedy_IsMarkedAlone()
    {
        PageTable table = RunPage.Of(SampleReports.Full).Sections.Single(section => section.Heading is "What if").Table!;

        Assert.Equal(["", "best"], table.Rows.Select(row => row[0].Text).ToArray());
    }

    /// <summary>Where the bytes of one site died, alive and not known after that.</summary>
    private static PageCell[] SharesOf(LifetimeRow row)
    {
        PageTable table = RunPage.Of(SampleReports.Full with { HeapDetail = SampleReports.Full.HeapDetail! with { Lifetimes = [row] } })
            .Sections.Single(section => section.Heading is "Lifetimes").Table!;
        return [.. table.Rows[0].Skip(3).SkipLast(1)];
    }

    [GeneratedRegex("^```.*?^```$", RegexOptions.Multiline | RegexOptions.Singleline, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Fences();

    private sealed class NameWriter : IReportWriter
    {
        public void Write(RunReport report, System.IO.TextWriter output) => output.Write(report.Target.Command);
    }
}
