using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class MemoryCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public MemoryCommandTests()
    {
        if (!OperatingSystem.IsLinux())
            LivePrograms.Missing("Processes are inspected on Linux only.");
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PartsOfALiveProcess_AddUpToItsResidentMemory()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();

        JsonNode memory = await JsonOfAsync(target.ProcessId);

        Assert.Equal("fragguard.memory/1", (string?)memory["schema"]);
        Assert.Equal(target.ProcessId, (int?)memory["target"]!["processId"]);
        Assert.Equal(
            (long?)memory["system"]!["residentBytes"], memory["parts"]!.AsArray().Sum(part => (long)part!["residentBytes"]!));
        Assert.True((long?)memory["system"]!["residentBytes"] > 1 << 20);
        Assert.True(target.IsAlive);
    }

    [Theory]
    [InlineData(".html", "<!doctype html>")]
    [InlineData(".svg", "<?xml")]
    [InlineData(".txt", "Process ")]
    [InlineData(".json", "{\n")]
    public async Task EveryForm_IsWritten_ForItsOwnerOnly(string extension, string start)
    {
        string file = _folder.PathOf("memory" + extension);

        ToolRun run = await ToolRun.Of("memory", "-p", Own, "-o", file);

        run.Succeeded();
        Assert.Equal("", run.Out);
        Assert.StartsWith(start, await File.ReadAllTextAsync(file), StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Text_SaysTheParts_AndHowFarToTrustThem()
    {
        ToolRun run = await ToolRun.Of("memory", "--process-id", Own);

        run.Succeeded();
        Assert.Contains("JIT code", run.Out, StringComparison.Ordinal);
        Assert.Contains("program text", run.Out, StringComparison.Ordinal);
        Assert.Contains("The parts add up to the resident bytes exactly.", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProcessThatEnded_IsOneLine()
    {
        using Process ended = Process.Start("true");
        await ended.WaitForExitAsync();

        ToolRun run = await ToolRun.Of("memory", "-p", ended.Id.ToString(CultureInfo.InvariantCulture));

        run.Failed(ExitCode.Session, "There is no process");
    }

    [Fact]
    public async Task KernelThread_HasNoMemory()
    {
        if (!File.Exists("/proc/2/stat") || !(await File.ReadAllTextAsync("/proc/2/stat")).Contains("(kthreadd)", StringComparison.Ordinal))
            LivePrograms.Missing("Kernel threads are not to be seen here.");

        ToolRun run = await ToolRun.Of("memory", "-p", "2");

        run.Failed(ExitCode.Session, "kernel thread");
    }

    private static string Own => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    private static async Task<JsonNode> JsonOfAsync(int processId, params string[] more)
    {
        ToolRun run = await ToolRun.Of(["memory", "-p", processId.ToString(CultureInfo.InvariantCulture), "--json", .. more]);
        run.Succeeded();
        return JsonNode.Parse(run.Out)!;
    }
}
