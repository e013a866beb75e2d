using System;
using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Tests.Reports;

/// <summary>Simulations as pages.</summary>
public sealed class SimulationPageTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1, "; 1 request refused, ")]
    [InlineData(2, "; 2 requests refused, ")]
    public void Title_CountsWhatWasRefused(long refused, string said) =>
        Assert.Contains(said, SimulationPage.Of(Run("nginx-slab") with { Refused = refused }).Title, StringComparison.Ordinal);

    [Fact]
    public void OneModel_HasItsFiguresSizeClassesRunAndSites()
    {
        ReportPage page = SimulationPage.Of(Run("nginx-slab"));

        Assert.StartsWith("nginx-slab holds ", page.Title, StringComparison.Ordinal);
        Assert.Contains("pages free", Assert.Single(page.Facts), StringComparison.Ordinal);
        Assert.Equal(
            ["At the end of the trace", "nginx-slab: over the run", "nginx-slab: where the bytes are", "nginx-slab: size classes", "nginx-slab: who holds the heap at the end", "nginx-slab: who held the heap when it was largest"],
            page.Sections.Select(section => section.Heading).ToArray());
        Assert.Equal(Honesty.SimulationNote, page.Honesty[0]);
    }

    [Fact]
    public void LargestMomentAndEnd_AreMapped_WithEveryByteOfTheHeap()
    {
        SimulationReport report = Run("nginx-slab");
        PageMap map = Assert.Single(SimulationPage.Of(report).Sections.Select(section => section.Map).OfType<PageMap>());
        MapPart[] end = [.. MapExtentText.Read(map.Moments[^1].Layout)];

        Assert.Equal(
            string.Join(", ", report.Layouts!.Moments.Select(moment => $"after operation {Amounts.Count(moment.Operation + 1)}")),
            string.Join(", ", map.Moments.Select(moment => moment.Label)));
        Assert.Equal(report.Operations - 1, report.Layouts.Moments[^1].Operation);
        Assert.Equal(report.Stored, end.Count(part => part.Use == MapUse.Used));
        Assert.Equal(report.Metrics.GrantedBytes, end.Where(part => part.Use == MapUse.Used).Sum(part => part.Bytes));
        Assert.Equal(report.Metrics.FreeBytes, report.Layouts.Moments[^1].FreeBytes);
        Assert.All(SimulationPage.Of(report with { Layouts = null }).Sections, section => Assert.Null(section.Map));
    }

    [Fact]
    public void SeveralModels_StandSideBySide()
    {
        ReportPage page = SimulationPage.Of(new SimulationComparison([Run("nginx-slab"), Run("glibc")]));

        Assert.Equal(["", ">nginx-slab", ">glibc"], page.Sections[0].Table!.Headings);
        Assert.StartsWith("2 models of one trace: ", page.Title, StringComparison.Ordinal);
        Assert.All(page.Sections, section => Assert.Equal(Evidence.Simulated, section.Evidence));
    }

    [Fact]
    public void TraceWithoutOperations_SaysSo_AndNamesNoWinner()
    {
        ReportPage page = SimulationPage.Of(new SimulationComparison(
            [Run("dotnet-gc", []) with { Gap = "It names no blocks." }, Run("glibc", []) with { Gap = "It names no blocks." }]));

        Assert.Equal("The trace has no operations, so there is nothing to simulate: It names no blocks", page.Title);
        Assert.Empty(page.Sections);
    }

    [Fact]
    public void EveryTable_HasAsManyCellsAsHeadings() => Assert.All(
        SimulationPage.Of(Run("nginx-slab")).Sections.Select(section => section.Table).OfType<PageTable>(),
        table => Assert.All(table.Rows, row => Assert.Equal(table.Headings.Count, row.Count)));

    [Fact]
    public void HostileSite_StaysText()
    {
        SimulationReport report = Run("nginx-slab");
        report = report with { Sites = [report.Sites[0] with { Site = SampleReports.Hostile }] };

        foreach (string form in (string[])["html", "text", "svg"])
        {
            string written = System.Text.Encoding.UTF8.GetString(
                new ResultForms<SimulationReport>(report, ReportJson.Default.SimulationReport, () => SimulationPage.Of(report)).ToBytes(form));
            Assert.DoesNotContain('\u001b', written);
            Assert.DoesNotContain("<script>alert", form is "text" ? "" : written, StringComparison.Ordinal);
        }
    }

    /// <summary>Each form says what was given, how often it was right, and why some were not foretold.</summary>
    [Fact]
    public void Forecast_SaysWhatItMissed()
    {
        GcForecastReport forecast = new(
            "what lived", 2, 1, 2, 1, 3,
            [new ForecastGeneration("gen2", 2, 1_000_000, 0.01, 0.02, 0.3, 0.4)],
            [
                new ForecastGc(4, 1, 10, Compacted: true, PredictedToCompact: false, [new("gen2", 1_000_000, 1_100_000, 200_000, 310_000)]),
                new ForecastGc(5, 2, 20, Compacted: true, PredictedToCompact: true, [new("gen2", 500_000, 500_000, 0, 0)]),
            ],
            [new UnpredictedGcs("a background GC", 7)])
        {
            Unaided = new UnaidedForecast(9, 8, 6, [new ForecastGeneration("gen2", 9, 1_000_000, 0.03, 0.04, 0.3, 0.4)]),
        };
        PageSection[] sections = [.. SimulationPage.Of(Run("nginx-slab") with { Forecast = forecast }).Sections
            .Where(section => section.Heading.StartsWith("dotnet-gc: ", StringComparison.Ordinal))];

        Assert.Equal(3, sections.Length);
        Assert.Contains("right in 1 of 2 GCs", sections[0].Lead, StringComparison.Ordinal);
        Assert.Contains("right in 8 of 9 GCs", sections[1].Lead, StringComparison.Ordinal);
        Assert.Contains("3 at most", sections[0].Lead, StringComparison.Ordinal);
        Assert.Contains("7 GCs (a background GC)", sections[0].Lead, StringComparison.Ordinal);
        Assert.Equal(
            ["4", "gen1 compact, foretold to sweep", "gen2", "977 KiB", "1 MiB", "195 KiB", "303 KiB", "+10 points"],
            sections[2].Table!.Rows[0].Select(cell => cell.Text).ToArray());
        Assert.Equal("gen2 compact", sections[2].Table!.Rows[1][1].Text);
        Assert.All(sections, section => Assert.All(
            section.Table!.Rows, row => Assert.Equal(section.Table.Headings.Count, row.Count)));
    }

    [Fact]
    public void ErrorsOfAGeneration_AreSharesOfItsSize()
    {
        ForecastGcGeneration one = new("gen2", 1_000, 1_100, 200, 310);

        Assert.Equal(0.1, one.BytesError, 12);
        Assert.Equal(0.1, one.FreeError, 12);
        Assert.Equal(0, new ForecastGcGeneration("gen0", 0, 0, 0, 0).FreeError);
        Assert.Equal(1, new ForecastGcGeneration("gen0", 0, 10, 0, 0).BytesError);
    }

    private SimulationReport Run(string model) =>
        Run(model, ["alloc {1..64} 100 site=Parse", "free {1..64..2}", "alloc big 5000 site=Load", "alloc x 9000"]);

    private SimulationReport Run(string model, string[] lines)
    {
        string workload = _folder.File("w.txt", lines);
        return SimulationReports.Run(
            InputKinds.ForTrace(workload).OpenTrace(workload, new()), ModelChoice.Parse([model], []).Models[0]);
    }
}
