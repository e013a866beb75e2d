using System;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Recordings of the page allocator, where tracefs and its administrator are there.</summary>
[Trait("Starts", "Tool")]
public sealed class KernelRecordTests : IDisposable
{
    private const string Instances = "/sys/kernel/tracing/instances";

    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Recording_IsReportedExplainedAndSimulated()
    {
        NeedTracing();
        string file = _folder.PathOf("short.kmem.gz");
        ToolRun run = await ToolProcess.RunAsync("kernel", "--record", file, "--duration", "0:2", "--json");

        Assert.Equal(ExitCode.Ok, run.Code);
        JsonNode recording = JsonNode.Parse(run.Out)!["recording"]!;
        Assert.True((long?)recording["events"]!.AsArray().Sum(row => (long)row!["value"]!) > 0);
        Assert.True((long?)recording["sizes"]!["requests"] > 0);
        Assert.True(KernelMachine.IsPrivate(file));

        ToolRun explained = await ToolRun.Of("kernel", "--explain", file, "--json");
        explained.Succeeded();
        Assert.True(JsonNode.DeepEquals(recording, JsonNode.Parse(explained.Out)!["recording"]));
        ToolRun simulated = await ToolRun.Of("simulate", file, "--model", "linux-buddy", "--set", "memory=4g", "--json");
        simulated.Succeeded();
        Assert.True((long?)JsonNode.Parse(simulated.Out)!["operations"] > 0);
        Assert.Contains("before the recording", (string?)JsonNode.Parse(simulated.Out)!["gap"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Recording_EndsBySignalAndLeavesNothingBehind()
    {
        NeedTracing();
        string file = _folder.PathOf("stopped.kmem.gz");
        await using ToolProcess tool = ToolProcess.Start("kernel", "--record", file);
        await tool.SaidAsync("Recording the page allocator");
        string name = Assert.Single(Own(tool.ProcessId), folder => folder.EndsWith("-1", StringComparison.Ordinal));
        await tool.SignalAsync("INT");
        ToolRun run = await tool.EndAsync();

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.False(Directory.Exists(name));
        Assert.Empty(Own(tool.ProcessId));
        (await ToolRun.Of("kernel", "--explain", file, "--json")).Succeeded();
    }

    /// <summary>Another recording on this machine may clear it away before: then it is tried again.</summary>
    [Fact]
    public async Task KilledRecording_IsClearedAwayByTheNextOne()
    {
        NeedTracing();
        bool isSaid = false;
        for (int attempt = 0; attempt < 3 && !isSaid; attempt++)
        {
            string[] left = await KillARecordingAsync();

            ToolRun next = await ToolProcess.RunAsync("kernel", "--record", _folder.PathOf("next.kmem.gz"), "--duration", "0:1");

            Assert.Equal(ExitCode.Ok, next.Code);
            Assert.All(left, folder => Assert.False(Directory.Exists(folder)));
            isSaid = Array.TrueForAll(left, folder => next.Error.Contains($"Removed {folder}", StringComparison.Ordinal));
        }

        Assert.True(isSaid);
    }

    [Fact]
    public async Task WithoutRoot_WhatIsMissingIsSaid()
    {
        KernelMachine.NeedLinux();
        if (!Environment.IsPrivilegedProcess)
            LivePrograms.Missing("Another user can be made only by the administrator.");
        string setpriv = LivePrograms.Require("setpriv");
        string[] nobody = [setpriv, "--reuid", "65534", "--regid", "65534", "--clear-groups", "env", "HOME=/tmp", "DOTNET_CLI_HOME=/tmp"];
        await using ToolProcess shown = ToolProcess.StartAs(nobody, ["kernel", "--json"]);
        ToolRun run = await shown.EndAsync();
        await using ToolProcess recorded = ToolProcess.StartAs(nobody, ["kernel", "--record", "/tmp/fragguard-nobody.kmem.gz"]);
        ToolRun refused = await recorded.EndAsync();

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        JsonNode root = JsonNode.Parse(run.Out)!;
        Assert.NotEmpty(root["zones"]!.AsArray());
        Assert.Null(root["slabs"]);
        JsonNode gap = root["gaps"]!.AsArray().Single(row => (string?)row!["source"] is "/proc/slabinfo")!;
        Assert.Contains("root may read it only", (string?)gap["reason"], StringComparison.Ordinal);
        refused.Failed(ExitCode.Session, "root");
    }

    private async Task<string[]> KillARecordingAsync()
    {
        await using ToolProcess killed = ToolProcess.Start("kernel", "--record", _folder.PathOf("killed.kmem.gz"));
        await killed.SaidAsync("Recording the page allocator");
        string[] left = Own(killed.ProcessId);
        Assert.NotEmpty(left);
        await killed.SignalAsync("KILL");
        await killed.EndAsync();
        return left;
    }

    private static string[] Own(int processId) =>
        [.. Directory.EnumerateDirectories(Instances, FormattableString.Invariant($"fragguard-kernel-{processId}-*"))];

    private static void NeedTracing()
    {
        KernelMachine.NeedLinux();
        if (!Environment.IsPrivilegedProcess || !Directory.Exists(Instances))
            LivePrograms.Missing("Recording needs tracefs on /sys/kernel/tracing and its administrator.");
    }
}
