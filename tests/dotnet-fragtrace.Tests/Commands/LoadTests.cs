using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>The tool beside a target that does nothing but allocate and rent.</summary>
[Trait("Starts", "Tool")]
public sealed class LoadTests : IDisposable
{
    private const long KiB = 1_024;
    private const long MostBytes = 250_000_000;

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("heap")]
    [InlineData("pools")]
    [InlineData("full")]
    public async Task Memory_StaysSmall(string profile)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Linux tells the most memory a process ever had.");
        string recording = _folder.PathOf("run.nettrace");
        await using ToolProcess tool = ToolProcess.Start(
            "collect", "-o", recording, "--profile", profile, "--show-child-io", "--", TargetProgram.Dotnet,
            Path.Combine(AppContext.BaseDirectory, "FragGuard.Collector.Tests.Target.dll"), "load", "10");
        Task<ToolRun> ending = tool.EndAsync();
        long peakBytes = 0;
        while (!ending.IsCompleted)
        {
            peakBytes = Math.Max(peakBytes, PeakBytesOf(tool.ProcessId));
            await Task.WhenAny(ending, Task.Delay(50, TestContext.Current.CancellationToken));
        }

        ToolRun run = await ending;
        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("load ", run.Out, StringComparison.Ordinal);
        Assert.InRange(peakBytes, 1, MostBytes);
        ToolRun report = await ToolRun.Of("report", recording, "--json");
        report.Succeeded();
        JsonNode quality = JsonNode.Parse(report.Out)!["quality"]!;
        Assert.False((bool?)quality["truncated"]);
        if (profile is not "full")
            Assert.Equal(0, (long?)quality["eventsLost"]);
    }

    private static long PeakBytesOf(int processId)
    {
        try
        {
            string? line = File.ReadLines($"/proc/{processId.ToString(CultureInfo.InvariantCulture)}/status")
                .FirstOrDefault(one => one.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : KiB * long.Parse(line.Split(' ')[^2], CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
