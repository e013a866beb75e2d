using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Gates.Metrics;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Gates;

public sealed class GateCommandTests : IDisposable
{
    private const string Hostile = "<script>\u001b[31m\"&\u202e";
    private const string Endless = "/dev/zero";

    private readonly TestFolder _folder = new();
    private readonly string _run;

    public GateCommandTests() => _run = _folder.Write("run.json", GateFiles.Run(0.3));

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--max", "loh.fragmentation=0.2", ExitCode.GateFailed)]
    [InlineData("--max", "loh.fragmentation=0.3", ExitCode.Ok)]
    [InlineData("--max", "loh.fragmentation=29%", ExitCode.GateFailed)]
    [InlineData("--max", "heap.peakBytes=50MB", ExitCode.Ok)]
    [InlineData("--max", "heap.peakBytes=47MiB", ExitCode.GateFailed)]
    [InlineData("--min", "gc.full=12", ExitCode.Ok)]
    [InlineData("--min", "gc.full=13", ExitCode.GateFailed)]
    public async Task Limit_DecidesTheExitCode(string option, string limit, ExitCode code)
    {
        ToolRun run = await ToolRun.Of("gate", _run, option, limit);

        Assert.Equal("", run.Error);
        Assert.Equal(code, run.Code);
        Assert.StartsWith(code == ExitCode.Ok ? "Passed" : "Failed", run.Out);
    }

    [Fact]
    public async Task WithoutALimit_AllMetricsAreRead()
    {
        JsonNode gate = await JsonAsync(ExitCode.Ok, _run);

        Assert.Equal("fragguard.gate/1", (string?)gate["schema"]);
        Assert.Equal("passed", (string?)gate["verdict"]);
        Assert.Equal(0.3, (double?)gate["metrics"]!["loh.fragmentation"]);
        Assert.Equal(50_000_000, (double?)gate["metrics"]!["heap.peakBytes"]);
        Assert.Null(gate["metrics"]!["pools.misses"]);
    }

    [Theory]
    [InlineData("pool.misses=1", "there is no metric 'pool.misses'; the nearest are pools.misses")]
    [InlineData("loh.fragmentation", "it takes key=value")]
    [InlineData("=1", "it takes key=value")]
    [InlineData("loh.fragmentation=high", "'high' is no number")]
    [InlineData("loh.fragmentation=NaN", "'NaN' is no number")]
    [InlineData("loh.fragmentation=1e999", "'1e999' is no number")]
    public async Task LimitThatIsNone_IsOneLine(string limit, string says) =>
        (await ToolRun.Of("gate", _run, "--max", limit)).Failed(ExitCode.Arguments, says);

    [Fact]
    public async Task UnknownKey_IsToldBeforeAFileIsRead() =>
        (await ToolRun.Of("gate", "absent.nettrace", "--max", "loh.nothing=1")).Failed(ExitCode.Arguments, "'loh.nothing'");

    [Theory]
    [InlineData("it is larger than 256 MiB", Endless, "--max", "gc.count=1")]
    [InlineData("it is larger than 1 MiB", "run.json", "--baseline", Endless)]
    [InlineData("it is larger than 64 MiB", "run.json", "--findings", Endless)]
    public async Task FileWithoutAnEnd_IsReadUpToABound(string says, params string[] args)
    {
        Assert.SkipUnless(File.Exists(Endless), $"There is no {Endless} here.");

        (await ToolRun.Of(["gate", .. args.Select(arg => arg is "run.json" ? _run : arg)])).Failed(ExitCode.Arguments, $"{Endless}: {says}");
    }

    [Fact]
    public async Task MetricThatTheFileDoesNotHave_IsRefused()
    {
        JsonNode gate = await JsonAsync(ExitCode.GateRefused, _run, "--max", "pools.misses=5");

        Assert.Contains("it needs an array pool", (string?)gate["refusals"]![0]);
        Assert.Equal("refused", (string?)gate["limits"]![0]!["verdict"]);
    }

    [Fact]
    public async Task MetricOfAnotherResult_IsRefused()
    {
        JsonNode gate = await JsonAsync(ExitCode.GateRefused, _run, "--max", "zone.cats.unusable=0.5");

        Assert.Contains("comes from fragguard.zones/1", (string?)gate["refusals"]![0]);
    }

    [Theory]
    [InlineData(2, 98, ExitCode.GateRefused)]
    [InlineData(1, 99, ExitCode.Ok)]
    public async Task LossAboveTheLimit_IsRefused(long lost, long read, ExitCode code)
    {
        string lossy = _folder.Write("lossy.json", GateFiles.Run(0.3) with { Quality = SampleReports.Empty.Quality with { EventsLost = lost, EventsRead = read } });

        ToolRun run = await ToolRun.Of("gate", lossy, "--max", "loh.fragmentation=0.4");

        Assert.Equal(code, run.Code);
        Assert.Equal(code == ExitCode.GateRefused, run.Out.Contains("2 % of the events were lost; --max-lost is 1 %", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LossThatIsTolerated_IsJudged()
    {
        string lossy = _folder.Write("lossy.json", GateFiles.Run(0.3) with { Quality = SampleReports.Empty.Quality with { LostRatio = 0.04 } });

        Assert.Equal(ExitCode.Ok, (await ToolRun.Of("gate", lossy, "--max-lost", "0.05", "--max", "loh.fragmentation=0.4")).Code);
    }

    [Fact]
    public async Task UnknownLifetimesAboveTheLimit_AreRefused()
    {
        string vague = _folder.Write("vague.json", GateFiles.Run(0.3) with { Quality = SampleReports.Empty.Quality with { UnknownLifetimeRatio = 0.6 } });

        Assert.Equal(ExitCode.GateRefused, (await ToolRun.Of("gate", vague)).Code);
        Assert.Equal(ExitCode.GateRefused, (await ToolRun.Of("gate", vague, "--max", "loh.fragmentation=1")).Code);
        Assert.Equal(ExitCode.Ok, (await ToolRun.Of("gate", vague, "--max", "heap.peakBytes=1e15")).Code);
        Assert.Equal(ExitCode.Ok, (await ToolRun.Of("gate", vague, "--max-unknown", "0.6")).Code);
    }

    [Theory]
    [InlineData(0, "No large object was recorded whose lifetime should be known and is not.")]
    [InlineData(0.4, "40 % of the large-object bytes have an unknown lifetime (the worst file; 50 % are tolerated).")]
    public async Task UnknownLifetimes_AreAShareOnlyWhereThereAreAny(double ratio, string says)
    {
        string file = _folder.Write("lives.json", GateFiles.Run(0.3) with { Quality = SampleReports.Empty.Quality with { UnknownLifetimeRatio = ratio } });

        Assert.Contains(says, (await ToolRun.Of("gate", file)).Unwrapped, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, ExitCode.Ok)]
    [InlineData(3, ExitCode.GateRefused)]
    public async Task UnknownLifetimes_AreNoReason_WhereNoGcListedSurvivors(int? regions, ExitCode code)
    {
        GenerationRow generation = new("loh", regions, 1_000, 500, 500, null, null, null, null, [], []);
        HeapDetail detail = new([new HeapPicture("last", 7, "blocking", 2, 10, [generation])], [], "ticks", 1, [], [], []);
        string file = _folder.Write("sizes.json", GateFiles.Run(0.3) with
        {
            Quality = SampleReports.Empty.Quality with { UnknownLifetimeRatio = 0.9 },
            HeapDetail = detail,
        });

        Assert.Equal(code, (await ToolRun.Of("gate", file, "--max", "loh.fragmentation=0.4")).Code);
        Assert.Equal(code, (await ToolRun.Of("gate", file)).Code);
    }

    [Fact]
    public async Task RefusedAndFailed_IsRefusedAndSaysBoth()
    {
        string cut = _folder.Write("cut.json", GateFiles.Run(0.3) with
        {
            Quality = SampleReports.Empty.Quality with { Truncated = true, Damage = "ends at byte 4711 without its end mark" },
        });

        JsonNode gate = await JsonAsync(ExitCode.GateRefused, cut, "--max", "loh.fragmentation=0.2");

        Assert.Equal("refused", (string?)gate["verdict"]);
        Assert.Contains("ends at byte 4711", (string?)gate["refusals"]![0]);
        Assert.Contains("above the limit", (string?)gate["failures"]![0]);
    }

    [Fact]
    public async Task SeveralRuns_AreJudgedByTheirMedian()
    {
        string[] runs = _folder.WriteRuns("r", 0.1, 0.2, 0.9);

        Assert.Equal(ExitCode.Ok, (await ToolRun.Of(["gate", .. runs, "--max", "loh.fragmentation=0.25"])).Code);
        Assert.Equal(ExitCode.GateFailed, (await ToolRun.Of(["gate", .. runs, "--max", "loh.fragmentation=0.15"])).Code);
    }

    [Fact]
    public async Task SameFileTwice_IsNoSecondRun() =>
        (await ToolRun.Of("gate", _run, "--against", _run)).Failed(ExitCode.Arguments, "is given twice");

    [Fact]
    public async Task GitHubForm_EscapesWhatCommandsWouldTake()
    {
        string hostile = _folder.File("a.sarif", GateFindingTests.Sarif(("FG1001", "src/a,b:c%.cs", 7, "50% of\nit: a,b")));

        ToolRun run = await ToolRun.Of("gate", "--findings", hostile, "--format", "github");

        Assert.Equal(ExitCode.GateFailed, run.Code);
        Assert.Contains("::error file=src/a%2Cb%3Ac%25.cs,line=7,title=New finding FG1001::50%25 of", run.Out);
        Assert.All(run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries), line => Assert.StartsWith("::", line, StringComparison.Ordinal));
        Assert.Equal(2, run.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    [Fact]
    public async Task GitHubForm_IsOnlyChosenByName()
    {
        ToolRun run = await ToolRun.Of("gate", _run, "--max", "loh.fragmentation=0.2");

        Assert.DoesNotContain("::error", run.Out);
    }

    [Theory]
    [InlineData("text")]
    [InlineData("html")]
    [InlineData("github")]
    public async Task HostileNames_AreEscapedInEveryForm(string form)
    {
        string zones = _folder.File("zones.json", Zones(Hostile.Replace("\"", "'", StringComparison.Ordinal)));
        string hostile = _folder.File("a.sarif", GateFindingTests.Sarif((Rule: "FG" + 1001, File: "a.cs", Line: 1, Message: Hostile)));

        ToolRun run = await ToolRun.Of("gate", zones, "--findings", hostile, "--format", form);

        Assert.Equal(ExitCode.GateFailed, run.Code);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.DoesNotContain('\u202e', run.Out);
        if (form is "html")
            Assert.DoesNotContain("<script>\ufffd", run.Out);
    }

    [Fact]
    public async Task Zones_AreJudgedByName_AndTornOnesAreRefused()
    {
        string zones = _folder.File("zones.json", Zones("cats"));
        string torn = _folder.File("torn.json", Zones("cats").Replace("\"torn\":false", "\"torn\":true", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Ok, (await ToolRun.Of("gate", zones, "--max", "zone.cats.unusable=0.4")).Code);
        Assert.Equal(ExitCode.GateFailed, (await ToolRun.Of("gate", zones, "--max", "zone.cats.unusable=0.3")).Code);
        Assert.Equal(ExitCode.GateRefused, (await ToolRun.Of("gate", torn, "--max", "zone.cats.unusable=0.4")).Code);
        Assert.Equal(ExitCode.GateRefused, (await ToolRun.Of("gate", zones, "--max", "zone.dogs.unusable=0.4")).Code);
    }

    [Theory]
    [InlineData("{}", "names no schema")]
    [InlineData("[]", "names no schema")]
    [InlineData("nothing", "not a result")]
    [InlineData("""{"schema":"fragguard.models/1"}""", "no metrics of 'fragguard.models/1'")]
    [InlineData("""{"schema":"fragguard.run/1"}""", "not a result")]
    [InlineData("""{"schema":"fragguard.zones/1","processId":1,"program":"","sharedMappings":0,"zones":[null]}""", "one of its lists holds null")]
    public async Task FileThatIsNoResult_IsOneLine(string text, string says) =>
        (await ToolRun.Of("gate", _folder.File("x.json", text))).Failed(ExitCode.Arguments, says);

    [Fact]
    public async Task Output_IsNeverAnInput()
    {
        (await ToolRun.Of("gate", _run, "-o", _run)).Failed(ExitCode.Arguments, "is read here");
        (await ToolRun.Of("gate", _run, "--write-baseline", _run)).Failed(ExitCode.Arguments, "is read here");
        Assert.Contains("fragguard.run/1", await File.ReadAllTextAsync(_run, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task BaselineOverTheFindings_IsRefused()
    {
        const string Findings = """{"version":"2.1.0","runs":[]}""";
        string sarif = _folder.File("findings.sarif", Findings);

        (await ToolRun.Of("gate", _run, "--findings", sarif, "--write-baseline", sarif)).Failed(ExitCode.Arguments, "is read here");

        Assert.Equal([Findings], _folder.Lines("findings.sarif"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task BaselineAndResult_GoToTwoFiles(bool exists)
    {
        string baseline = _folder.PathOf("b.json");
        string result = _folder.PathOf("r.json");
        if (exists)
            await File.WriteAllTextAsync(baseline, "before", TestContext.Current.CancellationToken);

        ToolRun one = await ToolRun.Of("gate", _run, "--write-baseline", baseline, "-o", baseline);
        bool isLeft = File.Exists(baseline) == exists && (!exists || await File.ReadAllTextAsync(baseline) is "before");
        ToolRun two = await ToolRun.Of("gate", _run, "--write-baseline", baseline, "-o", result);
        ToolRun renewed = await ToolRun.Of("gate", _run, "--baseline", baseline, "--write-baseline", baseline, "-o", result);

        one.Failed(ExitCode.Arguments, "--write-baseline and --output both name");
        Assert.True(isLeft);
        two.Succeeded();
        renewed.Succeeded();
        Assert.Contains("fragguard.baseline/1", await File.ReadAllTextAsync(baseline), StringComparison.Ordinal);
        Assert.Contains("fragguard.gate/1", await File.ReadAllTextAsync(result), StringComparison.Ordinal);
    }

    [Fact]
    public async Task NothingToJudge_IsOneLine() => (await ToolRun.Of("gate")).Failed(ExitCode.Arguments, "Name a recording");

    [Fact]
    public async Task List_HasEveryMetric()
    {
        ToolRun text = await ToolRun.Of("gate", "--list");
        ToolRun json = await ToolRun.Of("gate", "--list", "--json");

        text.Succeeded();
        Assert.All(MetricCatalogue.All, metric => Assert.Contains(metric.Key, text.Out, StringComparison.Ordinal));
        Assert.Equal("fragguard.metrics/1", (string?)JsonNode.Parse(json.Out)!["schema"]);
    }

    [Fact]
    public async Task SameInput_GivesTheSameBytes()
    {
        foreach (string form in (string[])["text", "html", "json", "github"])
        {
            string[] arguments = ["gate", _run, "--max", "loh.fragmentation=0.2", "--format", form];
            Assert.Equal((await ToolRun.Of(arguments)).Out, (await ToolRun.Of(arguments)).Out);
        }
    }

    private static string Zones(string name) => $$"""
        {"schema":"fragguard.zones/1","processId":1,"program":"nginx","sharedMappings":1,"zones":[{
        "name":{{System.Text.Json.JsonSerializer.Serialize(name)}},"kind":null,"start":4096,
        "reading":{"torn":false,"changed":false,"attempts":1,"doubts":[],"unparsedPages":0,"unparsedShare":0,"header":"","throughProcess":false},
        "bytes":40960,"pageBytes":4096,"pages":9,"freePages":1,"largestRunPages":1,"largestFitBytes":4096,"usedBytes":20000,"freeBytes":12000,
        "freeSlotBytes":8000,"blocks":0,"blockPages":0,"loaded":{"residentBytes":0,"swappedBytes":0,"unknownBytes":0,"processes":1,"complete":true},
        "metrics":{"internal":null,"external":0.6,"unusable":{"4096":0.35,"65536":1},"trapped":0.6,"largestFreeBytes":4096},
        "sizeClasses":[],"freeRuns":[],"pageMap":"","dict":null,"simulated":null}]}
        """;

    private static async Task<JsonNode> JsonAsync(ExitCode code, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(["gate", .. arguments, "--json"]);
        Assert.Equal("", run.Error);
        Assert.Equal(code, run.Code);
        return JsonNode.Parse(run.Out)!;
    }
}
