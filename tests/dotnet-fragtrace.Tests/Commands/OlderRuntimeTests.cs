using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.Collector.Tests;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>The verbs for .NET processes, on runtimes before .NET 10.</summary>
public sealed class OlderRuntimeTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Recording => _folder.PathOf("run.nettrace");

    public static TheoryData<int> Runtimes => [8, 9];

    public static TheoryData<int, string> RuntimesAndProfiles =>
        new(from runtime in (int[])[8, 9] from profile in (string[])["full", "heap", "layout", "pools", "run"] select (runtime, profile));

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(RuntimesAndProfiles))]
    public async Task CommandIsRecorded_Reported_AndGated(int runtime, string profile)
    {
        ToolRun collect = await ToolRun.Of(
            "collect", "-o", Recording, "--profile", profile, "--", OlderProgram.Of(runtime), "large", "86000", "300000", "1500");
        ToolRun report = await ToolRun.Of("report", Recording, "--json");
        ToolRun passes = await ToolRun.Of("gate", Recording, "--max", "loh.peakBytes=1e15");
        ToolRun fails = await ToolRun.Of("gate", Recording, "--max", "heap.peakBytes=1MB");

        Assert.Equal(ExitCode.Ok, collect.Code);
        report.Succeeded();
        JsonNode run = JsonNode.Parse(report.Out)!;
        Assert.Equal((0, false), ((long?)run["quality"]!["eventsLost"], (bool?)run["quality"]!["truncated"]));
        Assert.True((int?)run["heap"]!["gcs"] > 3);
        Assert.Contains("large 86000 300000 1500", (string?)run["target"]!["command"], StringComparison.Ordinal);
        Assert.True(passes.Code == ExitCode.Ok, passes.Out);
        Assert.Equal(ExitCode.GateFailed, fails.Code);
    }

    [Theory, MemberData(nameof(Runtimes))]
    public async Task LargeObjects_AreReplayed_BesideWhatTheGcMeasured(int runtime)
    {
        await ToolRun.Of(
            "collect", "-o", Recording, "--profile", "run", "--", OlderProgram.Of(runtime), "large", "86000", "300000", "1500");

        ToolRun simulated = await ToolRun.Of("simulate", Recording, "--model", "dotnet-loh", "--json");

        simulated.Succeeded();
        JsonNode validation = JsonNode.Parse(simulated.Out)!["validation"]!;
        Assert.NotEmpty(validation["gcs"]!.AsArray());
    }

    [Theory, MemberData(nameof(Runtimes))]
    public async Task RunningProcess_IsListed_Watched_AndLivesOn(int runtime)
    {
        using Process target = await StartAsync(runtime, "spin", "100");
        try
        {
            ToolRun listed = await ToolRun.Of("ps", "--json");
            ToolRun watched = await ToolRun.Of(
                "monitor", "-p", Id(target), "--profile", "layout", "--duration", "00:03", "--refresh-interval", "0.5", "--json");

            JsonNode row = JsonNode.Parse(listed.Out)!["processes"]!.AsArray().Single(one => (int?)one!["processId"] == target.Id)!;
            Assert.StartsWith(Text($"{runtime}.0."), (string?)row["runtimeVersion"], StringComparison.Ordinal);
            Assert.Equal(ExitCode.Ok, watched.Code);
            JsonNode last = JsonNode.Parse(watched.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1])!;
            Assert.Equal("Ticks", (string?)last["allocations"]!["method"]);
            JsonNode large = last["generations"]!.AsArray().Single(one => (string?)one!["generation"] is "loh")!;
            Assert.True((long?)large["bytes"] > 0);
            Assert.NotNull(large["holes"]);
            Assert.False(target.HasExited);
        }
        finally
        {
            await EndAsync(target);
        }
    }

    [Theory, MemberData(nameof(Runtimes))]
    public async Task Heap_IsMapped_AsTheRuntimeMeasuresIt(int runtime)
    {
        using Process target = await StartAsync(runtime, "caches");
        try
        {
            ToolRun run = await ToolRun.Of("heap", "-p", Id(target), "--json");

            Assert.Equal(ExitCode.Ok, run.Code);
            Assert.Contains("This forces a blocking full GC", run.Error, StringComparison.Ordinal);
            Assert.Contains(Text($"Its runtime, .NET {runtime}.0."), run.Error, StringComparison.Ordinal);
            Assert.Contains("does another one", run.Error, StringComparison.Ordinal);
            JsonNode heap = JsonNode.Parse(run.Out)!;
            Assert.StartsWith(Text($".NET {runtime}.0."), (string?)heap["target"]!["runtime"], StringComparison.Ordinal);
            Assert.True((bool?)heap["quality"]!["exact"]);
            Assert.Equal(5, heap["generations"]!.AsArray().Count);
            Assert.All(
                heap["generations"]!.AsArray(), row => Assert.Equal((long?)row!["runtimeSizeBytes"], (long?)row["sizeBytes"]));
            Assert.Contains(
                heap["caches"]!.AsArray(), cache => (string?)cache!["type"] is "Microsoft.Extensions.Caching.Memory.MemoryCache");
        }
        finally
        {
            await EndAsync(target);
        }
    }

    [Theory, MemberData(nameof(Runtimes))]
    public async Task Memory_IsDividedByGeneration(int runtime)
    {
        if (!OperatingSystem.IsLinux())
            LivePrograms.Missing("Processes are inspected on Linux only.");
        using Process target = await StartAsync(runtime, "punched", "20000");
        try
        {
            JsonNode counted = await JsonOfAsync("memory", "-p", Id(target), "--wait", "5", "--json");
            JsonNode forced = await JsonOfAsync("memory", "-p", Id(target), "--gc", "--json");
            await target.StandardInput.WriteLineAsync();
            string[] told = (await target.StandardOutput.ReadToEndAsync().WaitAsync(Patience)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

            // The second of the two GCs: what is read of the memory is read after it.
            Assert.Equal(int.Parse(told[0].Split(' ')[1], CultureInfo.InvariantCulture), (int?)forced["gc"]!["number"]);
            JsonNode counters = counted["gc"]!["counters"]!;
            Assert.True((long?)counters["committedBytes"] >= (long?)counters["lohBytes"]);
            Assert.True((long?)counters["lohBytes"] > 1 << 20);
            long page = Environment.SystemPageSize;
            string[] parts = ["gcGen1", "gcGen2", "gcLargeObjects", "gcPinnedObjects"];
            for (int i = 0; i < parts.Length; i++)
            {
                long bytes = SizeOf(told, i + 1);
                JsonNode[] rows = [.. forced["parts"]!.AsArray().Where(row => string.Equals((string)row!["part"]!, parts[i], StringComparison.Ordinal)).Select(row => row!)];
                long slack = rows.Sum(row => (long)row["pieces"]!) * 2 * page;
                Assert.InRange(rows.Sum(row => (long)row["accessibleBytes"]!), bytes, bytes + slack);
            }
        }
        finally
        {
            await EndAsync(target);
        }
    }

    [Theory, MemberData(nameof(Runtimes))]
    public async Task ProgramThatConnects_IsRecorded(int runtime)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has pipes and no signals.");
        string program = OlderProgram.Of(runtime);
        string port = _folder.PathOf("p");
        await using ToolProcess tool = ToolProcess.Start("collect", "-o", Recording, "--diagnostic-port", port, "--json");
        await tool.SaidAsync("Waiting for a program");
        await ToolProcess.FileHoldsAsync(port, 0);
        ProcessStartInfo start = new(program, ["measures"]) { RedirectStandardOutput = true, UseShellExecute = false };
        start.Environment["DOTNET_DiagnosticPorts"] = port;
        using Process target = Process.Start(start)!;
        string told = await target.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken).WaitAsync(Patience);
        ToolRun run = await tool.EndAsync();
        await ToolProcess.EndOfAsync(target);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("TargetExited", (string?)JsonNode.Parse(run.Out)!["end"]);
        JsonNode report = await JsonOfAsync("report", Recording, "--json");
        string last = told.Split('\n').Last(line => line.StartsWith("gc ", StringComparison.Ordinal));
        Assert.Equal(int.Parse(last.Split(' ')[1], CultureInfo.InvariantCulture), (int?)report["heap"]!["gcs"]);
    }

    private static long SizeOf(string[] told, int generation) => long.Parse(
        told.Select(line => line.Split(' '))
            .Single(words => words[0] is "generation" && int.Parse(words[1], CultureInfo.InvariantCulture) == generation)[2],
        CultureInfo.InvariantCulture);

    private static async Task<Process> StartAsync(int runtime, params string[] arguments)
    {
        ProcessStartInfo start = new(OlderProgram.Of(runtime), arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        Process target = Process.Start(start)!;
        Assert.Equal("ready 1", await target.StandardOutput.ReadLineAsync().WaitAsync(Patience));
        return target;
    }

    private static async Task EndAsync(Process target)
    {
        target.Kill();
        await ToolProcess.EndOfAsync(target);
    }

    private static async Task<JsonNode> JsonOfAsync(params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);
        Assert.Equal(ExitCode.Ok, run.Code);
        return JsonNode.Parse(run.Out)!;
    }

    private static string Id(Process process) => process.Id.ToString(CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
