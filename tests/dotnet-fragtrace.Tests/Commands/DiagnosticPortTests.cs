using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary><c>collect --diagnostic-port</c>: programs that come to us.</summary>
[Trait("Starts", "Tool")]
public sealed class DiagnosticPortTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string Recording => _folder.PathOf("run.nettrace");

    private string Port => _folder.PathOf("p");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task ProgramThatConnects_IsRecordedFromItsStartToItsEnd()
    {
        RequireSockets();
        await using ToolProcess tool = await ListenAsync("--json");
#pragma warning disable CA1416
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Port));
#pragma warning restore CA1416
        using Process target = Start("spin", "1");

        ToolRun run = await tool.EndAsync();

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Equal("TargetExited", (string?)JsonNode.Parse(run.Out)!["end"]);
        Assert.Contains($"Recording process {target.Id} ", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Port));
        JsonNode report = await ReadBackAsync();
        Assert.Equal(target.Id, (int?)report["target"]!["processId"]);
        Assert.Contains("Tests.Target.dll spin 1", (string?)report["target"]!["command"], StringComparison.Ordinal);
        await ToolProcess.EndOfAsync(target);
        Assert.Equal(0, target.ExitCode);
    }

    [Fact]
    public async Task SecondProgramThatConnects_RunsUntraced_AndTheFirstOutlivesTheRecording()
    {
        RequireSockets();
        await using ToolProcess tool = await ListenAsync();
        using Process first = Start("spin", "100");
        try
        {
            await tool.RecordsAsync(Recording);
            string told = _folder.PathOf("told.txt");
            using Process second = Start("arguments", told, "word");
            await ToolProcess.EndOfAsync(second);
            Assert.Equal(["word"], await File.ReadAllLinesAsync(told, TestContext.Current.CancellationToken));

            await tool.SignalAsync("INT");

            Assert.Equal(ExitCode.Ok, (await tool.EndAsync()).Code);
            JsonNode report = await ReadBackAsync();
            Assert.Equal(first.Id, (int?)report["target"]!["processId"]);
            Assert.False(first.HasExited);
        }
        finally
        {
            first.Kill();
        }
    }

    [Fact]
    public async Task SignalWhileNobodyConnects_EndsTheWaiting()
    {
        RequireSockets();
        await using ToolProcess tool = await ListenAsync();

        await tool.SignalAsync("INT");

        ToolRun run = await tool.EndAsync();
        Assert.Equal(ExitCode.Session, run.Code);
        Assert.Contains("[ERROR] Stopped before the recording began.", run.Error, StringComparison.Ordinal);
        Assert.False(File.Exists(Port));
        Assert.False(File.Exists(Recording));
    }

    [Fact]
    public async Task SocketThatAKilledToolLeft_IsReplaced()
    {
        RequireSockets();
        await using (ToolProcess killed = await ListenAsync())
        {
            await killed.SignalAsync("KILL");
            await killed.EndAsync();
        }

        Assert.True(File.Exists(Port));
        await using ToolProcess tool = await ListenAsync();
        using Process target = Start("exit", "0");

        Assert.Equal(ExitCode.Ok, (await tool.EndAsync()).Code);
    }

    [Fact]
    public async Task SocketThatIsInUse_IsOneLine()
    {
        RequireSockets();
        using Socket other = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        other.Bind(new UnixDomainSocketEndPoint(Port));
        other.Listen();

        ToolRun run = await ToolRun.Of("collect", "-o", Recording, "--diagnostic-port", Port);

        Assert.Equal(ExitCode.Arguments, run.Code);
        Assert.Contains($"[ERROR] Cannot listen at '{Port}': Address already in use.", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Port));
    }

    [Fact]
    public async Task FileAtThePath_IsLeftAlone()
    {
        RequireSockets();
        await File.WriteAllTextAsync(Port, "", TestContext.Current.CancellationToken);

        ToolRun run = await ToolRun.Of("collect", "-o", Recording, "--diagnostic-port", Port);

        Assert.Equal(ExitCode.Arguments, run.Code);
        Assert.Contains($"Cannot listen at '{Port}'", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Port));
    }

    [Fact]
    public async Task PipeAtThePath_IsLeftAlone()
    {
        RequireSockets();
        using (Process make = Process.Start("mkfifo", [Port]))
            await ToolProcess.EndOfAsync(make);

        ToolRun run = await ToolProcess.RunAsync("collect", "-o", Recording, "--diagnostic-port", Port);

        Assert.Equal(ExitCode.Arguments, run.Code);
        Assert.Contains($"[ERROR] Cannot listen at '{Port}': Address already in use.", run.Error, StringComparison.Ordinal);
        Assert.True(File.Exists(Port));
    }

    [Fact]
    public async Task MissingDirectory_IsNamed_AndNobodyIsToldToWait()
    {
        RequireSockets();
        string port = _folder.PathOf("none/p");

        (await ToolRun.Of("collect", "-o", Recording, "--diagnostic-port", port)).Failed(
            ExitCode.Arguments, $"Cannot listen at '{port}': there is no directory {Path.GetDirectoryName(port)}.");
    }

    [Theory]
    [InlineData("p,connect", "is not the path of a socket to listen at")]
    [InlineData("/tmp/a;b.sock", "is not the path of a socket to listen at")]
    [InlineData("", "is not the path of a socket to listen at")]
    public async Task WrongAddress_IsOneLine(string address, string says) =>
        (await ToolRun.Of("collect", "-o", Recording, "--diagnostic-port", address)).Failed(ExitCode.Arguments, says);

    [Fact]
    public async Task LongPath_IsOneLine()
    {
        RequireSockets();
        ToolRun run = await ToolRun.Of("collect", "-o", Recording, "--diagnostic-port", _folder.PathOf(new string('x', 108)));

        Assert.Equal(ExitCode.Arguments, run.Code);
        Assert.Contains("a socket's path has at most 107 bytes.", run.Error, StringComparison.Ordinal);
    }

    private static void RequireSockets() => Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has pipes and no signals.");

    private async Task<ToolProcess> ListenAsync(params string[] more)
    {
        ToolProcess tool = ToolProcess.Start(["collect", "-o", Recording, "--diagnostic-port", Port, .. more]);
        await tool.SaidAsync("Waiting for a program");
        await ToolProcess.FileHoldsAsync(Port, 0);
        return tool;
    }

    private Process Start(params string[] arguments)
    {
        ProcessStartInfo start = new(TargetProgram.Dotnet, [TargetProgram.Assembly, .. arguments])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment["DOTNET_DiagnosticPorts"] = Port;
        return Process.Start(start)!;
    }

    private async Task<JsonNode> ReadBackAsync()
    {
        ToolRun report = await ToolRun.Of("report", Recording, "--json");
        report.Succeeded();
        JsonNode result = JsonNode.Parse(report.Out)!;
        Assert.False((bool?)result["quality"]!["truncated"]);
        return result;
    }
}
