using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using FragGuard.FragTrace.Gates;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>Two runs side by side.</summary>
public sealed class RunComparisonTests
{
    private static readonly RunReport Before = SampleReports.Full;

    private static readonly RunReport After = SampleReports.Full with
    {
        Heap = Before.Heap with { MeanHeapBytes = 196_000_000, LohMeanBytes = 150_000_000, LohLiveBytes = 140_000_000, LohFragmentation = 0.07 },
        Findings = [.. Before.Findings.Take(3), Before.Findings[3] with { Verdict = Verdicts.Refuted, Reason = "nearly nothing is free" }],
        Holders = [Before.Holders[0] with { HoleBytes = 1_000_000 }, new HolderRow("new", "poh", true, 5_000, 1, 9_000_000, null)],
    };

    [Fact]
    public void Title_HasBothFreeSharesAndTheChangedVerdicts() => Assert.Equal(
        "43.1 % of the large-object heap was free space before, 7 % after; the GC heap held 354 MiB, then 187 MiB; 1 verdict changed",
        Page(Before, After).Title);

    [Fact]
    public void SameRunTwice_HasNoChange()
    {
        RunComparison comparison = RunComparisonBuilder.Build(Before, Before);

        Assert.DoesNotContain(comparison.Findings, finding => finding.IsChanged);
        Assert.All(comparison.Figures, figure => Assert.Equal(figure.Before, figure.After));
        Assert.All(comparison.Generations, row => Assert.Equal(row.Before, row.After));
        Assert.All(comparison.Pools, row => Assert.Equal(row.Before, row.After));
        Assert.All(comparison.Holders, row => Assert.Equal(row.BeforeHoleBytes, row.AfterHoleBytes));
    }

    [Fact]
    public void ChangedVerdicts_ComeFirstWithTheLaterReason()
    {
        ComparedFinding first = RunComparisonBuilder.Build(Before, After).Findings[0];

        Assert.Equal((Verdicts.Unknown, Verdicts.Refuted, true), (first.Before, first.After, first.IsChanged));
        Assert.Equal("nearly nothing is free", first.Reason);
    }

    [Fact]
    public void FindingOfAMovedLine_IsTheSameFinding()
    {
        RunReport moved = Before with { Findings = [Before.Findings[0] with { File = "/elsewhere/image cache", Line = 77 }] };
        RunReport alone = Before with { Findings = [Before.Findings[0]] };

        ComparedFinding finding = Assert.Single(RunComparisonBuilder.Build(alone, moved).Findings);

        Assert.Equal((42, 77, false), (finding.BeforeLine, finding.AfterLine, finding.IsChanged));
    }

    [Theory]
    [InlineData("FG9999", 2)]
    [InlineData("image cache", 1)]
    public void FindingOfAnotherRule_IsANewOne(string rule, int rows)
    {
        RunReport alone = Before with { Findings = [Before.Findings[0]] };
        RunReport other = Before with { Findings = [Before.Findings[0] with { Rule = rule }] };

        Assert.Equal(rows, RunComparisonBuilder.Build(alone, other).Findings.Count);
    }

    [Fact]
    public void HolderThatGrewMost_ComesFirst_AndOneThatIsGoneStays()
    {
        ComparedHolder[] holders = [.. RunComparisonBuilder.Build(Before, After).Holders];

        Assert.Equal(("new", 0, 9_000_000), (holders[0].Site, holders[0].BeforeHoleBytes, holders[0].AfterHoleBytes));
        Assert.Equal((60_000, 0), (holders[1].BeforeHoleBytes, holders[1].AfterHoleBytes));
        Assert.False(holders[1].Measured);
        Assert.Equal(-3_000_000, holders[2].AfterHoleBytes - holders[2].BeforeHoleBytes);
    }

    [Fact]
    public void FigureThatOneRunDoesNotTell_IsUnknownNotZero()
    {
        RunReport early = Before with { Heap = Before.Heap with { SteadyStateGcs = 0, LohFragmentation = 0 } };

        ComparedFigure figure = RunComparisonBuilder.Build(early, After).Figures.Single(one => one.Key is "loh.fragmentation");

        Assert.Null(figure.Before);
        Assert.Equal(0.07, figure.After);
        Assert.DoesNotContain("0 %", Page(early, After).Title, StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_AreMetricsWithTheirUnits_AndWhatAGateReads()
    {
        RunReport told = Before with
        {
            Heap = Before.Heap with { Generations = [new GenerationSummary("loh", 1_000, 250, 0.3), new GenerationSummary("gen2", 5_000, 1, 0.1)] },
        };
        IReadOnlyDictionary<string, double> metrics = MeasuredFile.Of("x", told).Metrics;

        RunComparison comparison = RunComparisonBuilder.Build(told, After);

        Assert.All(comparison.Figures, figure => Assert.Equal(metrics[figure.Key], figure.Before));
        Assert.Equal(0.3, comparison.Figures.Single(one => one.Key is "loh.fragmentation").Before);
        PageTable table = RunComparisonPage.Of(comparison).Sections.Single(section => section.Heading is "Heap").Table!;
        Assert.Equal(["large-object heap, free share", "30 %", "7 %", "−23 points"], table.Rows[6].Select(cell => cell.Text), StringComparer.Ordinal);
        Assert.Equal(["GCs", "301", "301", "±0 %"], table.Rows[7].Select(cell => cell.Text), StringComparer.Ordinal);
        Assert.Equal(["pause, longest", "24 ms", "24 ms", "±0 %"], table.Rows[10].Select(cell => cell.Text), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData(0, null)]
    [InlineData(1, 0.431)]
    public void OneFullGc_IsEnoughForAMean(int gcs, double? expected)
    {
        RunReport run = Before with { Heap = Before.Heap with { SteadyStateGcs = gcs } };

        Assert.Equal(expected, RunComparisonBuilder.Build(run, run).Figures.Single(one => one.Key is "loh.fragmentation").After);
    }

    [Fact]
    public void PoolsOfUnknownRents_AreNotAddedUpToANumber()
    {
        PoolRow unknown = Before.Pools[0] with { Rented = null };
        RunReport two = Before with { Pools = [Before.Pools[0], unknown] };

        ComparedPool pool = Assert.Single(RunComparisonBuilder.Build(two, two).Pools);

        Assert.Null(pool.Before!.Rented);
        Assert.Equal(2 * unknown.Allocated, pool.Before.Allocated);
    }

    [Fact]
    public void Page_ClaimsNoSignificance() =>
        Assert.Contains("nothing here says whether a difference is more than chance", Page(Before, After).Honesty[0], StringComparison.Ordinal);

    [Fact]
    public void Page_SaysWhatEachSideLost()
    {
        RunReport lossy = After with { Quality = After.Quality with { EventsLost = 4_711 } };

        Assert.Contains(Page(Before, lossy).Honesty, fact => fact.StartsWith("Before: Events: 412,331 read, 17 lost", StringComparison.Ordinal));
        Assert.Contains(Page(Before, lossy).Honesty, fact => fact.StartsWith("After: Events: 412,331 read, 4,711 lost", StringComparison.Ordinal));
    }

    [Fact]
    public void EveryTable_HasAsManyCellsAsHeadings()
    {
        PageTable[] tables = [.. Page(Before, After).Sections.Select(section => section.Table).OfType<PageTable>()];

        Assert.Equal(5, tables.Length);
        Assert.All(tables, table => Assert.All(table.Rows, row => Assert.Equal(table.Headings.Count, row.Count)));
    }

    [Fact]
    public void EmptyRuns_StillMakeAPage() => Assert.StartsWith(
        "At least one run had no GC", Page(SampleReports.Empty, SampleReports.Empty).Title, StringComparison.Ordinal);

    [Theory]
    [InlineData("html")]
    [InlineData("text")]
    [InlineData("svg")]
    [InlineData("json")]
    public void HostileNames_StayText_AndTheFormIsTheSameEveryTime(string form)
    {
        RunComparison comparison = RunComparisonBuilder.Build(SampleReports.Named(SampleReports.Hostile), After);
        ResultForms<RunComparison> forms = new(comparison, ReportJson.Default.RunComparison, () => RunComparisonPage.Of(comparison));

        string written = Encoding.UTF8.GetString(forms.ToBytes(form));

        Assert.DoesNotContain('\u001b', written);
        Assert.DoesNotContain("<script>alert", form is "text" ? "" : written, StringComparison.Ordinal);
        Assert.Equal(written, Encoding.UTF8.GetString(forms.ToBytes(form)));
    }

    private static ReportPage Page(RunReport before, RunReport after) => RunComparisonPage.Of(RunComparisonBuilder.Build(before, after));
}
