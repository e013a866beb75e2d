using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.Analyzers.Tests;
using FragGuard.FragTrace.Building;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Tests.Findings;
using FragGuard.FragTrace.Tests.Schemas;

namespace FragGuard.FragTrace.Tests.Loop;

/// <summary>Prediction and measurement of the fragmenting sample and its healthy twin, held against each other.</summary>
public sealed class LoopTests(SampleRuns runs) : IClassFixture<SampleRuns>
{
    private const double PredictionTolerance = 0.10;
    private const double LeastSaving = 0.30;
    private const double SameLiveBytes = 0.05;

    [Fact]
    public void MixedSizes_AreConfirmedAndPredictedWell()
    {
        JsonNode finding = runs.Mixed.FindingsOf("FG1001").First(IsConfirmed);
        double predicted = (double)finding["predicted"]!["lohFragmentation"]!;
        double measured = (double)finding["measured"]!["lohFragmentation"]!;

        Assert.True(
            Math.Abs(predicted - measured) <= PredictionTolerance,
            FormattableString.Invariant($"predicted {predicted:0.000}, measured {measured:0.000}"));
    }

    [Fact]
    public async Task Validate_SaysOfAnotherBuildWhatRunSaid()
    {
        using TestFolder folder = new();
        BuiltProgram built = await RulesBuild.RunAsync(
            ProgramSource.Find(Path.Combine(RepositoryFiles.Root, "samples", "MixedSizeCache")),
            new BuildOptions("Release", null, folder.Path),
            TestContext.Current.CancellationToken);
        string sarif = folder.PathOf("verdicts.sarif");
        string[] findings = [.. built.SarifPaths.SelectMany(path => (string[])["--findings", path])];

        ToolRun json = await ToolRun.Of(["validate", runs.Mixed.Recording, "--json", .. findings]);
        ToolRun again = await ToolRun.Of(["validate", runs.Mixed.Recording, "-o", sarif, .. findings]);

        again.Succeeded();
        Assert.Equal(VerdictsOf(runs.Mixed.Report), VerdictsOf(JsonNode.Parse(json.Out)!));
        Assert.NotNull(JsonNode.Parse(json.Out)!["summary"]!["quantities"]!.AsArray()
            .Single(one => string.Equals((string?)one!["name"], "lohFragmentation", StringComparison.Ordinal)));
        SarifStructure.Check(JsonNode.Parse(await File.ReadAllTextAsync(sarif, TestContext.Current.CancellationToken))!);
        Assert.Equal(
            runs.Mixed.Report["findings"]!.AsArray().Count,
            File.ReadLines(sarif).Count(static line => line.Contains("\"fragguard\": {", StringComparison.Ordinal)));
    }

    [Fact]
    public void RentNeverReturned_IsConfirmed() =>
        Assert.Contains(runs.Mixed.FindingsOf("FG2001"), IsConfirmed);

    [Fact]
    public void HealthyTwin_HasNoFindingOfMixedSizes() => Assert.Empty(runs.Pooled.FindingsOf("FG1001"));

    /// <summary>The last GCs and the largest, not means over full GCs: once the twin is full it needs hardly any.</summary>
    [Fact]
    public void HealthyTwin_HoldsTheSameInAThirdLessHeap()
    {
        Assert.InRange(runs.Pooled.CachedBytes / runs.Mixed.CachedBytes, 1 - SameLiveBytes, 1 + SameLiveBytes);
        Assert.InRange(runs.Pooled.LastHeapBytes, runs.Pooled.CachedBytes, (1 - LeastSaving) * runs.Mixed.LastHeapBytes);
        Assert.InRange(runs.Pooled.Heap("peakHeapBytes") / runs.Mixed.Heap("peakHeapBytes"), 0.01, 1 - LeastSaving);
    }

    /// <summary>Generation 0 is bounded: as large as a server's cache, it would leave the twin a handful of GCs.</summary>
    [Fact]
    public void HealthyTwin_IsMeasuredOften() => Assert.InRange(runs.Pooled.Heap("gcs"), 30, 100);

    [Fact]
    public void Recordings_AreComplete()
    {
        foreach (SampleRun run in (SampleRun[])[runs.Mixed, runs.Pooled])
        {
            Assert.False((bool?)run.Report["quality"]!["truncated"]);
            Assert.Equal(0, (long?)run.Report["quality"]!["eventsLost"]);
        }
    }

    /// <summary>The model collects by its own rules in the first case, where the recorded GCs were in the second.</summary>
    [Theory]
    [InlineData("self", 0.05)]
    [InlineData("scripted", 0.01)]
    public async Task Replay_IsHeldAgainstEachGc(string gcs, double mostError)
    {
        ToolRun run = await ToolRun.Of("simulate", runs.Mixed.Recording, "--model", "dotnet-loh", "--set", $"gc={gcs}", "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        JsonNode validation = JsonNode.Parse(run.Out)!["validation"]!;
        int fullGcs = (int)runs.Mixed.Heap("fullGcs");

        Assert.InRange(validation["gcs"]!.AsArray().Count, fullGcs - 1, fullGcs);
        Assert.InRange((double)validation["maxBytesError"]!, 0, mostError);
        Assert.InRange((double)validation["maxFragmentationError"]!, 0, mostError);
    }

    /// <summary>Of a program whose full GCs run in the background, the young ones that block.</summary>
    [Fact]
    public async Task Forecast_IsHeldAgainstEachGc()
    {
        ToolRun run = await ToolRun.Of("simulate", runs.Mixed.Recording, "--model", "dotnet-gc", "--json");
        Assert.Equal(ExitCode.Ok, run.Code);
        JsonNode simulated = JsonNode.Parse(run.Out)!;
        JsonNode forecast = simulated["forecast"]!;
        int predicted = (int)forecast["predictedGcs"]!;
        int missing = forecast["notPredicted"]!.AsArray().Sum(one => (int)one!["gcs"]!);

        Assert.InRange(predicted, 5, int.MaxValue);
        Assert.InRange(predicted + missing, (int)runs.Mixed.Heap("gcs") - 1, (int)runs.Mixed.Heap("gcs"));
        Assert.InRange((int)forecast["rightDecisions"]!, 0.9 * predicted, predicted);
        Assert.InRange(FreeErrorOf(forecast, "gen2"), 0, 0.15);
        Assert.InRange(FreeErrorOf(forecast["unaided"]!, "gen2"), 0, 0.15);
        Assert.Equal(Math.Min(predicted, 1_024), forecast["gcs"]!.AsArray().Count);
        Assert.Empty(PublishedSchemaTests.Problems("fragguard.simulation/1", simulated));
    }

    private static double FreeErrorOf(JsonNode forecast, string generation) => (double)forecast["generations"]!.AsArray()
        .Single(one => string.Equals((string?)one!["generation"], generation, StringComparison.Ordinal))!["freeError"]!;

    [Fact]
    public async Task Forecast_IsPrinted_ForTheModelOfTheWholeHeapOnly()
    {
        ToolRun whole = await ToolRun.Of("simulate", runs.Mixed.Recording, "--model", "dotnet-gc");
        ToolRun large = await ToolRun.Of("simulate", runs.Mixed.Recording, "--model", "dotnet-loh", "--json");

        Assert.Contains("dotnet-gc: each GC one step ahead", whole.Out, StringComparison.Ordinal);
        Assert.Contains("dotnet-gc: GC by GC", whole.Out, StringComparison.Ordinal);
        Assert.Null(JsonNode.Parse(large.Out)!["forecast"]);
    }

    [Fact]
    public void SampleOverTime_HasSeveralMoments_WithExactSums()
    {
        JsonNode[] tracks = [.. runs.Mixed.Report["tracks"]!.AsArray().OfType<JsonNode>()];
        JsonNode loh = tracks.Single(track => string.Equals((string?)track["generation"], "loh", StringComparison.Ordinal));
        JsonNode[] moments = [.. loh["moments"]!.AsArray().OfType<JsonNode>()];

        Assert.InRange(moments.Length, 5, 66);
        Assert.Contains(loh["sites"]!.AsArray(), site => ((string)site!).Contains("PageRenderer", StringComparison.Ordinal));
        Assert.Contains(moments, moment => ((string)moment["layout"]!).Contains("@0~", StringComparison.Ordinal));
        Assert.All(tracks.SelectMany(track => track["moments"]!.AsArray()), moment =>
        {
            MapPart[] parts = [.. MapExtentText.Read((string)moment!["layout"]!)];
            Assert.Equal((long)moment["bytes"]!, parts.Sum(part => part.Bytes));
            long unknown = parts.Where(part => part.Use == MapUse.Unknown).Sum(part => part.Bytes);
            long used = parts.Sum(part => part.UsedBytes);
            Assert.Equal((long)moment["bytes"]!, used + unknown + (long)moment["freeBytes"]!);
        });
        Assert.InRange(tracks.Sum(track => track["moments"]!.AsArray().Sum(moment => ((string)moment!["layout"]!).Length)), 1, 1_600_000);
    }

    [Fact]
    public void HoldersOfTheSample_NameTheCodeThatAllocates()
    {
        JsonNode first = runs.Mixed.Report["holders"]!.AsArray().OfType<JsonNode>()
            .First(row => string.Equals((string?)row["generation"], "loh", StringComparison.Ordinal));

        Assert.Contains("PageRenderer", (string?)first["site"], StringComparison.Ordinal);
        Assert.EndsWith("PageRenderer.cs", (string?)first["file"], StringComparison.Ordinal);
        Assert.True((int)first["line"]! > 0 && (bool)first["measured"]! && (double)first["holeBytes"]! > 1_000_000, first.ToJsonString());
    }

    [Theory]
    [InlineData("run")]
    [InlineData("report")]
    public async Task PrintedReport_IsValidByItsSchema(string verb)
    {
        JsonNode report = string.Equals(verb, "run", StringComparison.Ordinal)
            ? runs.Mixed.Report
            : JsonNode.Parse((await ToolRun.Of("report", runs.Pooled.Recording, "--json")).Out)!;

        Assert.Empty(PublishedSchemaTests.Problems("fragguard.run/1", report));
    }

    /// <summary>What the sample allocated, as the report and each export say it.</summary>
    [Fact]
    public async Task ExportsOfTheRecording_AddUpToTheReport()
    {
        JsonNode report = JsonNode.Parse((await ToolRun.Of("report", runs.Mixed.Recording, "--json")).Out)!;
        JsonNode speedscope = JsonNode.Parse((await ToolRun.Of("report", runs.Mixed.Recording, "--format", "speedscope")).Out)!;
        JsonNode chromium = JsonNode.Parse((await ToolRun.Of("report", runs.Mixed.Recording, "--format", "chromium")).Out)!;
        double lifetimes = report["heapDetail"]!["lifetimes"]!.AsArray().Sum(row => (double)row!["bytes"]!);
        JsonNode[] events = [.. chromium["traceEvents"]!.AsArray().OfType<JsonNode>()];
        double counted = events.Where(one => one["args"]!.AsObject().ContainsKey("(other sites)"))
            .Sum(one => one["args"]!.AsObject().Sum(series => (double)series.Value!));

        Assert.InRange((double)report["allocations"]!["bytes"]! / lifetimes, 1 - 1e-9, 1.01);
        Assert.InRange(speedscope["profiles"]![0]!["weights"]!.AsArray().Sum(weight => (double)weight!) / lifetimes, 1 - 1e-9, 1.01);
        Assert.InRange(counted / lifetimes, 1 - 1e-4, 1.01);
        Assert.Contains(speedscope["shared"]!["frames"]!.AsArray(), frame => ((string)frame!["name"]!).Contains("PageCache", StringComparison.Ordinal));
        Assert.Equal(
            report["timeline"]!.AsArray().Count,
            events.Count(one => string.Equals((string?)one["ph"], "X", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task ModelOfAnotherHeap_IsNotHeldAgainstIt()
    {
        ToolRun run = await ToolRun.Of("simulate", runs.Mixed.Recording, "--model", "jemalloc", "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Null(JsonNode.Parse(run.Out)!["validation"]);
    }

    [Fact]
    public async Task Validation_IsPrinted()
    {
        ToolRun run = await ToolRun.Of("simulate", runs.Mixed.Recording, "--model", "dotnet-loh");

        Assert.Contains("beside what the GC reported", run.Out, StringComparison.Ordinal);
        Assert.Contains("full GCs: size off by", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("src *=")]
    [InlineData("<link")]
    [InlineData("@import")]
    [InlineData(@"url\((?!#)")]
    public void Page_LoadsNothing(string loader)
    {
        Assert.StartsWith("<!doctype html>", runs.Mixed.Page, StringComparison.Ordinal);
        Assert.DoesNotMatch("(?i)" + loader, runs.Mixed.Page);
        Assert.DoesNotMatch("(?i)" + loader, runs.Pooled.Page);
    }

    private static string[] VerdictsOf(JsonNode report) =>
    [
        .. report["findings"]!.AsArray()
            .Select(one => $"{one!["rule"]} {one["line"]} {one["verdict"]} {one["exercised"]}").Order(StringComparer.Ordinal),
    ];

    private static bool IsConfirmed(JsonNode finding) =>
        string.Equals((string?)finding["verdict"], "confirmed", StringComparison.Ordinal);
}
