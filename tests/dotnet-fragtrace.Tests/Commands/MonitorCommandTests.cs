using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Tests.Live;

namespace FragGuard.FragTrace.Tests.Commands;

[Trait("Starts", "Tool")]
public sealed class MonitorCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Recording => _folder.PathOf("run.nettrace");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task LaunchedCommand_IsWatchedToItsEnd_AndItsExitCodePassesThrough()
    {
        ToolRun run = await ToolRun.Of(
            "monitor", "--json", "--refresh-interval", "0.1", "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "7");

        Assert.Equal(7, (int)run.Code);
        JsonNode[] looks = [.. Lines(run.Out).Select(line => JsonNode.Parse(line)!)];
        Assert.NotEmpty(looks);
        Assert.All(looks, look => Assert.Equal("fragguard.live/1", (string?)look["schema"]));
        Assert.Contains(" ended after ", Lines(run.Error)[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task AttachedTarget_IsShownInPlainLines_AndLivesOn()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        ToolRun run = await ToolRun.Of(
            "monitor", "-p", Text(target.ProcessId), "--duration", "00:03", "--refresh-interval", "0.5", "--profile", "layout");

        Assert.Equal(ExitCode.Ok, run.Code);
        string[] lines = Lines(run.Out);
        Assert.True(lines.Length >= 2, run.Out);
        Assert.DoesNotContain('\u001b', run.Out);
        Assert.Contains("largest hole", lines[^1], StringComparison.Ordinal);
        Assert.EndsWith("0 events lost", lines[^1], StringComparison.Ordinal);
        Assert.Contains("is no longer watched", Lines(run.Error)[^1], StringComparison.Ordinal);
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task OutputFile_CanBeReported()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        ToolRun run = await ToolRun.Of("monitor", "-p", Text(target.ProcessId), "--duration", "00:02", "-o", Recording);
        Assert.Equal(ExitCode.Ok, run.Code);
        ToolRun report = await ToolRun.Of("report", Recording, "--json");

        report.Succeeded();
        Assert.False((bool?)JsonNode.Parse(report.Out)!["quality"]!["truncated"]);
        Assert.True((int?)JsonNode.Parse(report.Out)!["heap"]!["gcs"] > 0);
    }

    [Fact]
    public async Task KilledTarget_EndsTheView()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test sends Unix signals.");
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("monitor", "-p", Text(target.ProcessId), "-o", Recording);
        await ToolProcess.FileHoldsAsync(Recording, 1);
        await target.SignalAsync("KILL");
        ToolRun run = await tool.EndAsync();

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains($"Process {target.ProcessId} ended after ", Lines(run.Error)[^1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    [InlineData("QUIT")]
    public async Task Signal_EndsTheView_NotTheTarget(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test sends Unix signals.");
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("monitor", "-p", Text(target.ProcessId), "--json");
        await tool.SaidAsync("Watching process");
        await tool.SignalAsync(signal);
        ToolRun run = await tool.EndAsync();

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.All(Lines(run.Out), line => Assert.NotNull(JsonNode.Parse(line)));
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task StoppedTarget_CanBeLeft()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test sends Unix signals.");
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("monitor", "-p", Text(target.ProcessId));
        await tool.SaidAsync("Watching process");
        await target.SignalAsync("STOP");
        try
        {
            await tool.SignalAsync("INT");
            Assert.Equal(ExitCode.Ok, (await tool.EndAsync()).Code);
        }
        finally
        {
            await target.SignalAsync("CONT");
        }
    }

    [Fact]
    public async Task StoppedTarget_LeavesARecordingWithoutItsEnd()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The test sends Unix signals.");
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start("monitor", "-p", Text(target.ProcessId), "-o", Recording);
        await ToolProcess.FileHoldsAsync(Recording, 1);
        await target.SignalAsync("STOP");
        try
        {
            await tool.SignalAsync("INT");
            ToolRun run = await tool.EndAsync();
            Assert.Equal(ExitCode.Tracing, run.Code);
            Assert.Contains(
                $"Process {target.ProcessId} does not answer the request to stop; what was recorded is kept in {Recording}.",
                run.Error, StringComparison.Ordinal);
        }
        finally
        {
            await target.SignalAsync("CONT");
        }
    }

    [Theory]
    [InlineData("xterm-256color", true)]
    [InlineData("dumb", false)]
    public async Task Terminal_IsRedrawnInPlace_IfItCan_AndTheKeyEndsIt(string terminal, bool isRedrawn)
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        string command = $"stty cols 80 rows 30; unset NO_COLOR; exec env TERM={terminal} "
            + $"{ToolProcess.Quoted} monitor -p {target.ProcessId} --refresh-interval 0.2 -o '{Recording}'";
        using TerminalProgram terminalProgram = TerminalProgram.Start(command);
        await ToolProcess.FileHoldsAsync(Recording, 1);
        await Task.Delay(TimeSpan.FromSeconds(2), TestContext.Current.CancellationToken);

        string screen = await terminalProgram.EndByKeyAsync('q');

        Assert.Equal(isRedrawn, screen.Contains("\u001b[2m", StringComparison.Ordinal));
        Assert.Equal(isRedrawn, screen.Contains("q quits, p pauses", StringComparison.Ordinal));
        Assert.Contains("GCs in ", screen, StringComparison.Ordinal);
        Assert.Contains("is no longer watched", screen, StringComparison.Ordinal);
        Assert.True(target.IsAlive);
    }

    [Fact]
    public async Task DiagnosticPort_WatchesTheProgramThatConnects()
    {
        string port = _folder.PathOf("port");
        await using ToolProcess tool = ToolProcess.Start("monitor", "--diagnostic-port", port, "--json");
        await tool.SaidAsync("Waiting for a program");
        ProcessStartInfo start = new(TargetProgram.Dotnet, [TargetProgram.Assembly, "exit", "0"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_DiagnosticPorts"] = port;
        using Process target = Process.Start(start)!;
        ToolRun run = await tool.EndAsync();
        await ToolProcess.EndOfAsync(target);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal(target.Id, (int?)JsonNode.Parse(Lines(run.Out)[^1])!["processId"]);
    }

    [Fact]
    public async Task Otlp_ReceivesTheFigures_WhileTheTargetAllocates()
    {
        using OtlpListener listener = new();
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start(
            "monitor", "-p", Text(target.ProcessId), "--profile", "layout", "--otlp", listener.Endpoint);
        OtlpRequest request = await listener.ReceivedAsync(
            one => one.Of("fragguard.heap.largest_hole").Count == 5 && one.Of("dotnet.gc.last_collection.heap.size").Count == 5);
        await tool.SignalAsync("INT");
        ToolRun run = await tool.EndAsync();

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("host.name process.pid service.name", string.Join(' ', request.Resource.Keys.Order(StringComparer.Ordinal)));
        Assert.Equal("dotnet-fragtrace.Tests.Target", request.Resource["service.name"]);
        Assert.Equal(Environment.MachineName, request.Resource["host.name"]);
        Assert.Equal(Text(target.ProcessId), request.Resource["process.pid"]);
        OtlpPoint large = request.Of("dotnet.gc.last_collection.heap.size")
            .Single(point => point.Attributes["dotnet.gc.heap.generation"] is "loh");
        Assert.Equal("By", large.Unit);
        Assert.Equal(0, request.Of("fragguard.session.events_lost").Single().Value);
        Assert.True(request.Of("dotnet.gc.collections").Sum(point => point.Value) > 0);
        Assert.True(request.Of("dotnet.gc.pause.time").Single().Value > 0);
        Assert.Empty(request.Of("fragguard.pool.misses"));
        Assert.DoesNotContain("Metrics do not arrive", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OtlpThatIsDown_IsOneLine_AndTheViewGoesOn()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        ToolRun run = await ToolRun.Of(
            "monitor", "-p", Text(target.ProcessId), "--duration", "00:08",
            "--otlp", $"http://127.0.0.1:{OtlpListener.FreePort()}");

        Assert.Equal(ExitCode.Ok, run.Code);
        string complaint = Assert.Single(
            Lines(run.Error), line => line.StartsWith("Metrics do not arrive at http://127.0.0.1:", StringComparison.Ordinal));
        Assert.Contains("refused", complaint, StringComparison.Ordinal);
        Assert.True(Lines(run.Out).Length >= 2);
    }

    [Theory]
    [InlineData("no profile 'full'", "--profile", "full")]
    [InlineData("--refresh-interval is from", "--refresh-interval", "0")]
    [InlineData("--otlp localhost:4318 is not an address", "--otlp", "localhost:4318")]
    [InlineData("--buffersize is from", "--buffersize", "0")]
    [InlineData("Only one of", "-n", "x")]
    public async Task WrongArguments_AreOneLine(string says, params string[] arguments) =>
        (await ToolRun.Of(["monitor", "-p", "1", .. arguments])).Failed(ExitCode.Arguments, says);

    [Theory]
    [InlineData("Bearer abc", ExitCode.Arguments, "OTEL_EXPORTER_OTLP_HEADERS is not a list of headers")]
    [InlineData("authorization=Bearer abc", ExitCode.Session, "No process has the id")]
    public async Task OtlpHeaders_AreReadBeforeAnythingIsWatched(string headers, ExitCode code, string says)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The program 'env' of Linux sets the variable.");
        await using ToolProcess tool = ToolProcess.StartAs(
            ["env", "OTEL_EXPORTER_OTLP_HEADERS=" + headers], ["monitor", "-p", "2147483647", "--otlp", "http://127.0.0.1:4318"]);

        (await tool.EndAsync()).Failed(code, says);
    }

    [Fact]
    public async Task NoTarget_IsOneLine() => (await ToolRun.Of("monitor")).Failed(ExitCode.Arguments, "Name a target");

    [Fact]
    public async Task UnknownProcess_IsOneLine() =>
        (await ToolRun.Of("monitor", "-p", "2147483647")).Failed(ExitCode.Session, "No process has the id");

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
