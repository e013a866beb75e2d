using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

[Trait("Starts", "Tool")]
public sealed class KernelCommandTests : IDisposable
{
    /// <summary>A timer may end so much early.</summary>
    private const double TimerTickMs = 20;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Live_IsShownAsTextAndJson()
    {
        KernelMachine.NeedLinux();
        ToolRun text = await ToolRun.Of("kernel");
        ToolRun json = await ToolRun.Of("kernel", "--json");

        text.Succeeded();
        Assert.Contains("Free memory usable at each order", text.Unwrapped, StringComparison.Ordinal);
        json.Succeeded();
        Assert.StartsWith("{\n  \"schema\": \"fragguard.kernel/1\",", json.Out, StringComparison.Ordinal);
        JsonNode root = JsonNode.Parse(json.Out)!;
        Assert.NotEmpty(root["zones"]!.AsArray());
        Assert.Equal(File.ReadAllText("/proc/sys/kernel/osrelease").Trim(), (string?)root["release"]);
        Assert.Equal(MemTotalBytes(), (long?)root["memory"]!.AsArray().Single(row => (string?)row!["name"] is "MemTotal")!["value"]);
    }

    [Fact]
    public async Task Watch_SaysEachLookAndEndsByItself()
    {
        KernelMachine.NeedLinux();
        ToolRun run = await ToolRun.Of("kernel", "--watch", "1.2", "--interval", "0.4");
        ToolRun json = await ToolRun.Of("kernel", "--watch", "0.5", "--interval", "0.2", "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("00:00:00  usable at order 0: ", run.Out, StringComparison.Ordinal);
        Assert.Contains("Usable memory over time", run.Unwrapped, StringComparison.Ordinal);
        JsonNode series = JsonNode.Parse(json.Out)!["series"]!;
        Assert.Equal((int?)series["looks"], series["samples"]!.AsArray().Count);
        Assert.Contains("usable at order 0: ", json.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Watch_EndsBySignalWithItsResult()
    {
        KernelMachine.NeedLinux();
        string file = _folder.PathOf("watch.json");
        await using ToolProcess tool = ToolProcess.Start("kernel", "--watch", "--interval", "0.2", "-o", file);
        await tool.SaidAsync("usable at order 0");
        await tool.SignalAsync("INT");

        Assert.Equal(ExitCode.Ok, (await tool.EndAsync()).Code);
        Assert.NotEmpty(JsonNode.Parse(File.ReadAllText(file))!["series"]!["samples"]!.AsArray());
    }

    [Theory]
    [InlineData("0.7", "10", 2)]
    [InlineData("0.8", "0.5", 3)]
    [InlineData("0.5", "0.5", 2)]
    public async Task Watch_LooksOnceMoreAtItsEnd(string seconds, string interval, int looks)
    {
        KernelMachine.NeedLinux();

        ToolRun run = await ToolRun.Of("kernel", "--watch", seconds, "--interval", interval, "--json");

        JsonNode[] samples = [.. JsonNode.Parse(run.Out)!["series"]!["samples"]!.AsArray()!];
        Assert.InRange(samples.Length, 2, looks);
        Assert.InRange((double)samples[^1]["timeMs"]! + TimerTickMs, 1000 * double.Parse(seconds, System.Globalization.CultureInfo.InvariantCulture), 60_000);
    }

    [Fact]
    public async Task TwoLengthsOfAWatch_AreRefused()
    {
        KernelMachine.NeedLinux();

        (await ToolRun.Of("kernel", "--watch", "60", "--duration", "0:0:1")).Failed(ExitCode.Arguments, "both say how long");
        Assert.Equal(ExitCode.Ok, (await ToolRun.Of("kernel", "--watch", "--duration", "0:0:1")).Code);
    }

    [Theory]
    [InlineData("--interval", "0")]
    [InlineData("--interval", "1e9")]
    public async Task WrongTimes_AreRefused(string option, string value) =>
        (await ToolRun.Of("kernel", "--watch", option, value)).Failed(ExitCode.Arguments, "--interval is from");

    [Theory]
    [InlineData("--interval is for --watch.", "--interval", "2")]
    [InlineData("--interval is for --watch.", "--interval", "2", "--record", "a.kmem.gz")]
    [InlineData("--duration is for --watch and --record.", "--duration", "0:2")]
    [InlineData("--buffersize is for --record.", "--buffersize", "8")]
    [InlineData("--buffersize is for --record.", "--buffersize", "8", "--watch", "1")]
    public async Task OptionOfAnotherMode_IsOneLine(string line, params string[] options) =>
        (await ToolRun.Of(["kernel", .. options])).Failed(ExitCode.Arguments, line);

    [Fact]
    public async Task TwoJobsAtOnce_AreRefused() =>
        (await ToolRun.Of("kernel", "--watch", "1", "--record", _folder.PathOf("a.kmem.gz"))).Failed(ExitCode.Arguments, "exclude each other");

    private static long MemTotalBytes() => long.Parse(
        File.ReadLines("/proc/meminfo").First()["MemTotal:".Length..^"kB".Length].Trim(), System.Globalization.CultureInfo.InvariantCulture) * 1024;
}
