using System;
using System.Diagnostics;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Recordings on disks that are or get full.</summary>
[Trait("Starts", "Tool")]
public sealed class DiskTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FullDisk_IsOneLineAndKeepsWhatWasRecorded()
    {
        string disk = await MountAsync("96k");
        string file = Path.Combine(disk, "run.nettrace");
        try
        {
            ToolRun run = await ToolProcess.RunAsync(
                "collect", "-o", file, "--min-free-space", "0", "--",
                TargetProgram.Dotnet, TargetProgram.Assembly, "spin", "100");

            Assert.Equal(ExitCode.Tracing, run.Code);
            Assert.Contains($"What was recorded is kept in {file}.", run.Error, StringComparison.Ordinal);
            (await ToolRun.Of("report", file)).Succeeded();
        }
        finally
        {
            await EndsWellAsync("umount", disk);
        }
    }

    [Fact]
    public async Task DiskNearlyFull_StopsCleanly()
    {
        string disk = await MountAsync("4m");
        string file = Path.Combine(disk, "run.nettrace");
        try
        {
            ToolRun run = await ToolProcess.RunAsync(
                "collect", "-o", file, "--min-free-space", "3m", "--profile", "full", "--json", "--",
                TargetProgram.Dotnet, TargetProgram.Assembly, "spin", "100");

            Assert.Equal(ExitCode.Ok, run.Code);
            Assert.Equal("DiskNearlyFull", (string?)JsonNode.Parse(run.Out)!["end"]);
            Assert.True(new FileInfo(file).Length > 900_000);
            ToolRun report = await ToolRun.Of("report", file, "--json");
            Assert.False((bool?)JsonNode.Parse(report.Out)!["quality"]!["truncated"]);
        }
        finally
        {
            await EndsWellAsync("umount", disk);
        }
    }

    [Fact]
    public async Task DiskThatIsTooFullAtTheStart_IsOneLineAndLeavesNoFile()
    {
        string disk = await MountAsync("4m");
        string file = Path.Combine(disk, "run.nettrace");
        try
        {
            (await ToolRun.Of("collect", "-o", file, "--", TargetProgram.Dotnet, TargetProgram.Assembly, "exit", "0"))
                .Failed(ExitCode.Arguments, "has 4 MiB free; a recording needs more than 100 MiB.");
            Assert.False(File.Exists(file));
        }
        finally
        {
            await EndsWellAsync("umount", disk);
        }
    }

    /// <summary>A disk of its own of that size.</summary>
    private async Task<string> MountAsync(string size)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root can mount a small disk.");
        string disk = Directory.CreateDirectory(_folder.PathOf("disk")).FullName;
        Assert.SkipUnless(
            await EndsWellAsync("mount", "-t", "tmpfs", "-o", $"size={size}", "tmpfs", disk), "Mounting is not allowed here.");
        return disk;
    }

    private static async Task<bool> EndsWellAsync(string program, params string[] arguments)
    {
        using Process process = Process.Start(program, arguments);
        await ToolProcess.EndOfAsync(process);
        return process.ExitCode == 0;
    }
}
