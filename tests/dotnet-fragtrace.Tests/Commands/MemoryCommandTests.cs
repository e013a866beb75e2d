using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

[Trait("Starts", "Tool")]
public sealed class MemoryCommandTests : IDisposable
{
    /// <summary>What a pipe of Linux holds: 16 pages (pipe(7)).</summary>
    private static readonly int PipeBytes = 16 * Environment.SystemPageSize;

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
    [InlineData(".png", "\uFFFDPNG")]
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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ModeOfADevice_IsLeftAsItIs_ThatOfAFileIsNot(bool isDevice)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root can make a device.");
        const UnixFileMode ForAll = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        string path = _folder.PathOf("taker");
        using (Process maker = Process.Start(isDevice ? "mknod" : "touch", isDevice ? [path, "c", "1", "3"] : [path]))
        {
            await ToolProcess.EndOfAsync(maker);
            Assert.SkipUnless(maker.ExitCode == 0, "Devices cannot be made here.");
        }

#pragma warning disable CA1416
        File.SetUnixFileMode(path, ForAll);
        ToolRun run = await ToolRun.Of("memory", "-p", Own, "--json", "-o", path);
        Assert.SkipWhen(isDevice && run.Error.Contains("access is denied", StringComparison.Ordinal), "Devices cannot be used here.");

        run.Succeeded();
        Assert.Equal(isDevice ? ForAll : UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
#pragma warning restore CA1416
    }

    [Fact]
    public async Task Text_SaysTheParts_AndHowFarToTrustThem()
    {
        ToolRun run = await ToolRun.Of("memory", "--process-id", Own);

        run.Succeeded();
        Assert.Contains("JIT code", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("program text", run.Unwrapped, StringComparison.Ordinal);
        Assert.Contains("The parts add up to the resident bytes exactly.", run.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProcessThatEnded_IsOneLine()
    {
        using Process ended = Process.Start("true");
        await ToolProcess.EndOfAsync(ended);

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

    [Fact]
    public async Task ProcessOfAnotherUser_IsOneLineThatNamesTheCapability()
    {
        if (!Environment.IsPrivilegedProcess)
            LivePrograms.Missing("Only root can become another user.");
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.StartAs(
            ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"],
            ["memory", "-p", target.ProcessId.ToString(CultureInfo.InvariantCulture)]);

        (await tool.EndAsync()).Failed(ExitCode.Session, "CAP_SYS_PTRACE");
    }

    [Fact]
    public async Task GcHeap_IsDividedByGeneration_AsTheRuntimeItselfCounts()
    {
        using CommittedProgram target = new();

        ToolRun run = await ToolRun.Of("memory", "-p", target.Id, "--json", "--gc");

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.StartsWith("This forces a blocking full GC of process " + target.Id, run.Error, StringComparison.Ordinal);
        JsonNode memory = JsonNode.Parse(run.Out)!;
        long[] counts = target.Ask();
        Assert.Equal(counts[0], (long?)memory["gc"]!["number"]);
        string[] parts = ["gcGen1", "gcGen2", "gcLargeObjects", "gcPinnedObjects"];
        long page = Environment.SystemPageSize;
        for (int i = 0; i < parts.Length; i++)
        {
            // Each region ends within a page, which counts whole.
            long pieces = Sum(memory, parts[i], "pieces");
            Assert.InRange(Sum(memory, parts[i], "accessibleBytes"), counts[i + 3], counts[i + 3] + (pieces * 2 * page));
            Assert.InRange(Sum(memory, parts[i], "residentBytes"), counts[i + 3] - (pieces * page), Sum(memory, parts[i], "accessibleBytes"));
        }

        // Between the GC and the reading, the target may commit or give back a region of 4 MiB.
        Assert.InRange(Sum(memory, "gc", "accessibleBytes"), counts[1] - (4 << 20), counts[1] + (4 << 20));
        Assert.True(Sum(memory, "jitCode", "residentBytes") > 0);
    }

    [Fact]
    public async Task WithoutAGc_TheRuntimesCountersDivideTheHeap_AndNoneIsForced()
    {
        using CommittedProgram target = new();
        long[] before = target.Ask();

        JsonNode memory = await JsonOfAsync(int.Parse(target.Id, CultureInfo.InvariantCulture), "--wait", "5");

        Assert.Equal(before[0], target.Ask()[0]);
        Assert.Null(memory["gc"]!["number"]);
        Assert.Contains("no GC ended in 5 s", (string?)memory["gc"]!["whyNot"], StringComparison.Ordinal);
        JsonNode counters = memory["gc"]!["counters"]!;
        string[] generations = ["gen0Bytes", "gen1Bytes", "gen2Bytes", "lohBytes", "pohBytes"];
        for (int i = 0; i < generations.Length; i++)
            Assert.Equal(before[i + 2], (long?)counters[generations[i]]);
        Assert.InRange((long)counters["committedBytes"]!, before[1] - 1, before[1] + 1);
        Assert.InRange((long)counters["heapBytes"]!, before[4], before[1] + (4 << 20));

        Assert.Equal(Math.Min((long)counters["heapBytes"]!, Sum(memory, "gc", "residentBytes")), Sum(memory, "gcHeap", "residentBytes"));
        Assert.InRange(
            Sum(memory, "gcHeap", "accessibleBytes") + Sum(memory, "gcUnused", "accessibleBytes"), before[1] - (4 << 20), before[1] + (4 << 20));
        Assert.True(Sum(memory, "gcUnused", "accessibleBytes") > 0);
        Assert.Equal(0, Sum(memory, "gcGen2", "residentBytes"));
        Assert.All(
            memory["parts"]!.AsArray(), row => Assert.InRange((long)row!["proportionalBytes"]!, 0, (long)row["residentBytes"]!));
        Assert.All(
            memory["parts"]!.AsArray().Where(row => (string)row!["part"]! is "gcHeap" or "gcUnused"),
            row => Assert.Equal("certain", (string?)row!["certainty"]));
        Assert.Equal(
            (long?)memory["system"]!["residentBytes"], memory["parts"]!.AsArray().Sum(part => (long)part!["residentBytes"]!));
    }

    [Fact]
    public async Task RuntimeThatIsNotAsked_LeavesTheHeapOneLikelyPart()
    {
        using CommittedProgram target = new();
        long[] before = target.Ask();

        JsonNode memory = await JsonOfAsync(int.Parse(target.Id, CultureInfo.InvariantCulture), "--wait", "0");

        Assert.Null(memory["gc"]!["counters"]);
        Assert.InRange(Sum(memory, "gcHeap", "accessibleBytes"), before[1] - (4 << 20), before[1] + (4 << 20));
        Assert.Equal(0, Sum(memory, "gcUnused", "reservedBytes"));
    }

    [Fact]
    public async Task GcOfTheProgramItself_TellsTheGenerations()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();

        JsonNode memory = await JsonOfAsync(target.ProcessId, "--wait", "60");

        Assert.True((int?)memory["gc"]!["number"] > 0);
        Assert.True(Sum(memory, "gcGen2", "residentBytes") > 0);
        Assert.Equal(0, Sum(memory, "gcHeap", "residentBytes"));
    }

    [Fact]
    public async Task RuntimeThatDoesNotAnswer_IsSeenToBeWaitedFor()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await target.SignalAsync("STOP");
        using StringWriter output = new();
        using StringWriter error = new();
        using ToolConsole console = new(output, error, progressColumns: 120);

        ExitCode code = await ToolInvocation.RunAsync(
            ["memory", "-p", target.ProcessId.ToString(CultureInfo.InvariantCulture), "--wait", "0.5", "--json"], console).WaitAsync(Patience);

        Assert.Equal(ExitCode.Ok, code);
        Assert.StartsWith($"\rWaiting for the runtime of process {target.ProcessId}", error.ToString(), StringComparison.Ordinal);
        Assert.EndsWith(" \r", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("does not answer", (string?)JsonNode.Parse(output.ToString())!["gc"]!["whyNot"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task ForcedGcThatIsNotConfirmed_IsAnError()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await target.SignalAsync("STOP");

        ToolRun run = await ToolRun.Of(
            "memory", "-p", target.ProcessId.ToString(CultureInfo.InvariantCulture), "--gc", "--wait", "0.5");

        Assert.Equal((ExitCode.Session, ""), (run.Code, run.Out));
        Assert.Contains(
            $"[ERROR] The GC is not confirmed: Process {target.ProcessId} does not answer on its diagnostic port.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignalWhileTheRuntimeIsAsked_StopsCleanly()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await target.SignalAsync("STOP");
        await using ToolProcess tool = ToolProcess.Start(
            "memory", "-p", target.ProcessId.ToString(CultureInfo.InvariantCulture), "--gc", "--wait", "600");
        await tool.SaidAsync("This forces a blocking full GC");
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        await tool.SignalAsync("INT");

        ToolRun run = await tool.EndAsync();
        Assert.Equal((ExitCode.Session, ""), (run.Code, run.Out));
        Assert.Contains("[ERROR] Stopped before the process was read.", run.Error, StringComparison.Ordinal);
    }

    /// <summary>The result is to go into a full pipe that nobody reads: nothing but the signal ends the tool.</summary>
    [Theory]
    [InlineData("HUP", 1)]
    [InlineData("INT", 2)]
    [InlineData("TERM", 15)]
    public async Task SignalAfterTheRuntimeWasAsked_EndsTheTool(string signal, int number)
    {
        string pipe = _folder.PathOf("pipe");
        using (Process made = Process.Start("mkfifo", [pipe]))
            await ToolProcess.EndOfAsync(made);
        await using FileStream full = new(pipe, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite, bufferSize: 0);
        await full.WriteAsync(new byte[PipeBytes]).AsTask().WaitAsync(Patience);
        await using TargetProgram target = await TargetProgram.SpinAsync();
        await using ToolProcess tool = ToolProcess.Start(
            "memory", "-p", target.ProcessId.ToString(CultureInfo.InvariantCulture), "--wait", "60", "--json", "-o", pipe);
        await HoldsAsync(tool.ProcessId, pipe);

        await tool.SignalAsync(signal);

        Assert.Equal(128 + number, (int)(await tool.EndAsync()).Code);
    }

    [Theory]
    [InlineData("--wait", "-1")]
    [InlineData("--wait", "99999999")]
    [InlineData("--wait", "0", "--gc")]
    public async Task ImpossibleWait_IsRefused(params string[] options)
    {
        ToolRun run = await ToolRun.Of(["memory", "-p", Own, .. options]);

        run.Failed(ExitCode.Arguments, "--wait");
    }

    [Fact]
    public async Task ForcedGcOfAnotherProgram_IsRefused()
    {
        using Process sleep = Process.Start("sleep", "600");
        try
        {
            (await ToolRun.Of("memory", "-p", sleep.Id.ToString(CultureInfo.InvariantCulture), "--gc")).Failed(
                ExitCode.Arguments, "has no .NET runtime");
            JsonNode memory = await JsonOfAsync(sleep.Id);
            Assert.Null(memory["gc"]);
            Assert.Equal(0, Sum(memory, "gc", "reservedBytes"));
        }
        finally
        {
            sleep.Kill();
            await ToolProcess.EndOfAsync(sleep);
        }
    }

    /// <summary>Of the rows whose part has that name, or starts with it.</summary>
    private static long Sum(JsonNode memory, string part, string key) => memory["parts"]!.AsArray()
        .Where(row => ((string)row!["part"]!).StartsWith(part, StringComparison.Ordinal)).Sum(row => (long)row![key]!);

    private static string Own => Environment.ProcessId.ToString(CultureInfo.InvariantCulture);

    /// <summary>Waits until a process has the file open.</summary>
    private static async Task HoldsAsync(int processId, string path)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!Directory.GetFiles(string.Create(CultureInfo.InvariantCulture, $"/proc/{processId}/fd"))
            .Any(open => string.Equals(new FileInfo(open).LinkTarget, path, StringComparison.Ordinal)))
        {
            Assert.True(clock.Elapsed < Patience, "It never opened " + path);
            await Task.Delay(20);
        }
    }

    private static async Task<JsonNode> JsonOfAsync(int processId, params string[] more)
    {
        ToolRun run = await ToolRun.Of(["memory", "-p", processId.ToString(CultureInfo.InvariantCulture), "--json", .. more]);
        run.Succeeded();
        return JsonNode.Parse(run.Out)!;
    }
}
