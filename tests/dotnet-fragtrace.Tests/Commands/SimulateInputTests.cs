using System;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>What simulate reads: workloads, logs of mtrace, pipes, and files that are none of these.</summary>
public sealed class SimulateInputTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("nginx-slab")]
    [InlineData("dotnet-loh")]
    [InlineData("dotnet-arraypool-shared")]
    public async Task ImpossibleOperation_NamesItsLine(string model)
    {
        async Task Fails(string reason, params string[] lines) =>
            (await ToolRun.Of("simulate", _folder.File("w.txt", lines), "--model", model))
                .Failed(ExitCode.Arguments, "w.txt: " + reason);

        await Fails("line 4: free a: the block is not live", "# twice", "alloc a 100000", "free a", "free a");
        await Fails("line 2: free 3: the block is not live", "alloc {1..2} 100000", "free {1..3}");
        await Fails("line 1: realloc a: the block is not live", "realloc a 100000");
        await Fails("line 2: alloc a: the block is live already", "alloc a 100000", "alloc a 100000");
    }

    [Fact]
    public async Task ValueThatNoEntryHolds_NamesItsLine() => (await ToolRun.Of(
        "simulate", _folder.File("w.txt", "set a 8", "set b 4294967296"), "--model", "lua-shared-dict"))
        .Failed(ExitCode.Arguments, "w.txt: line 2: set b: a value has 0 to 4294967295 bytes");

    [Fact]
    public async Task FirstModelThatCannotPlay_DecidesTheComplaint()
    {
        string workload = _folder.File("w.txt", "set a 8", "set b 4294967296", "alloc c 8", "free c", "free c");

        (await ToolRun.Of("simulate", workload, "--model", "lua-shared-dict", "--model", "nginx-slab"))
            .Failed(ExitCode.Arguments, "line 2: set b: ");
        (await ToolRun.Of("simulate", workload, "--model", "nginx-slab", "--model", "lua-shared-dict"))
            .Failed(ExitCode.Arguments, "line 5: free c: ");
    }

    [Fact]
    public async Task BlockAndEntryOfOneName_ShareNothing()
    {
        JsonElement result = await SimulatedJson.OfAsync(
            _folder.File("w.txt", "alloc a 10", "set a 20", "delete a", "set a 30", "free a", "get a"), "--model", "nginx-slab");

        Assert.Equal(1, result.GetProperty("stored").GetInt64());
        Assert.Equal(1, result.GetProperty("answers").GetProperty("hit").GetInt64());
    }

    [Fact]
    public async Task LinesAcrossTheReadersBuffer_AreWhole()
    {
        string[] lines = [.. Enumerable.Range(0, 20_000).SelectMany(i => new[] { $"alloc block-{i} 64 # {new string('-', i % 97)}", $"free block-{i}\r" })];

        JsonElement result = await SimulatedJson.OfAsync(_folder.File("w.txt", lines), "--model", "nginx-slab");

        Assert.Equal(40_000, result.GetProperty("answers").GetProperty("ok").GetInt64());
    }

    [Fact]
    public async Task LastLineWithoutEnd_IsRead()
    {
        string workload = _folder.PathOf("w.txt");
        File.WriteAllText(workload, "alloc a 100\nfree a");

        Assert.Equal(2, (await SimulatedJson.OfAsync(workload, "--model", "nginx-slab")).GetProperty("operations").GetInt64());
    }

    [Fact]
    public async Task BytesThatAreNoText_AreRefused()
    {
        string workload = _folder.PathOf("w.txt");
        File.WriteAllBytes(workload, [.. "set a 8\nset "u8, 0xff, .. " 8\n"u8]);

        (await ToolRun.Of("simulate", workload, "--model", "lua-shared-dict"))
            .Failed(ExitCode.Arguments, "w.txt: line 2: it holds bytes that are not UTF-8 text");
    }

    [Fact]
    public async Task FreeOfABlockAllocatedAgain_IsFine() => (await ToolRun.Of(
        "simulate", _folder.File("w.txt", "alloc a 100", "free a", "alloc a 100", "free a"), "--model", "nginx-slab"))
        .Succeeded();

    [Fact]
    public async Task LineWithoutEnd_IsRefusedEarly() => (await ToolRun.Of(
        "simulate", _folder.File("w.txt", "alloc a 100", "alloc " + new string('x', 200_000)), "--model", "nginx-slab"))
        .Failed(ExitCode.Arguments, "line 2: longer than 131072 bytes");

    [Fact]
    public async Task LongName_IsFine() => (await ToolRun.Of(
        "simulate", _folder.File("w.txt", "set " + new string('x', 60_000) + " 1"), "--model", "lua-shared-dict"))
        .Succeeded();

    [Fact]
    public async Task WindowsLineEnds_AreLineEnds() => (await ToolRun.Of(
        "simulate", _folder.File("w.txt", "alloc a 100\r", "\r", "free a\r"), "--model", "nginx-slab"))
        .Succeeded();

    [Fact]
    public async Task EmptyWorkload_IsAResult()
    {
        JsonElement result = await SimulatedJson.OfAsync(_folder.File("w.txt"), "--model", "nginx-slab");

        Assert.Equal(0, result.GetProperty("operations").GetInt64());
    }

    [Fact]
    public async Task EmptyWorkload_IsGivenNoAdvice()
    {
        ToolRun run = await ToolRun.Of("simulate", _folder.File("w.txt"), "--model", "nginx-slab", "--advise");

        run.Succeeded();
        Assert.StartsWith("The trace has no operations, so there is nothing to simulate", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("remedies", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FolderAsFile_IsOneLine() => (await ToolRun.Of("simulate", _folder.Path, "--model", "nginx-slab"))
        .Failed(ExitCode.Arguments, "it is a directory");

    [Fact]
    public async Task Utf16Text_IsReadToo()
    {
        string workload = _folder.PathOf("w.txt");
        File.WriteAllText(workload, "set größe 8\nget größe\n", System.Text.Encoding.Unicode);

        JsonElement result = await SimulatedJson.OfAsync(workload, "--model", "lua-shared-dict");

        Assert.Equal(1, result.GetProperty("answers").GetProperty("hit").GetInt64());
    }

    [Fact]
    public async Task Pipe_IsReadOnceForSeveralModels()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There are no named pipes here.");
        string pipe = _folder.PathOf("pipe");
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await ToolProcess.EndOfAsync(made);
        Task writing = Task.Run(() => File.AppendAllLines(pipe, ["alloc a-long-block-name 100", "free a-long-block-name"]));

        JsonElement result = await SimulatedJson.OfAsync(pipe, "--model", "nginx-slab", "--model", "dotnet-arraypool-shared");

        await writing;
        Assert.All(result.GetProperty("results").EnumerateArray(), one => Assert.Equal(2, one.GetProperty("operations").GetInt64()));
    }

    [Fact]
    public async Task AdviceOnAPipe_IsRefusedBeforeAnythingIsPlayed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There are no named pipes here.");
        string pipe = _folder.PathOf("advised");
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await ToolProcess.EndOfAsync(made);
        Task writing = Task.Run(() => File.AppendAllLines(pipe, ["this is no operation"]));

        (await ToolRun.Of("simulate", pipe, "--model", "nginx-slab", "--advise"))
            .Failed(ExitCode.Arguments, "advised can be read only once, and --advise reads a trace again; write it to a file first.");
        await writing;
    }

    [Fact]
    public async Task MtraceLog_IsPlayedWithItsCallersAsSites()
    {
        string log = _folder.File("log", "= Start", "@ ./a:[0x1] + 0x5581 0x14", "@ ./a:[0x2] + 0x7000 0x100", "@ ./a:[0x3] - 0x5581", "= End");

        JsonElement result = await SimulatedJson.OfAsync(log, "--model", "nginx-slab");

        Assert.Equal(3, result.GetProperty("operations").GetInt64());
        Assert.Equal("./a:[0x2]", result.GetProperty("sites")[0].GetProperty("site").GetString());
        (await ToolRun.Of("simulate", _folder.File("bad", "= Start", "alloc a 8"), "--model", "nginx-slab"))
            .Failed(ExitCode.Arguments, "bad: line 2: it is no line of an mtrace log");
    }

    [Fact]
    public async Task GeneratedOperations_ArePlayed()
    {
        string workload = _folder.File(
            "w.txt", "generate operations=5000 sizes=lognormal(5,1.2) lifetimes=exponential(200) seed=3 site=Load");

        JsonElement result = await SimulatedJson.OfAsync(workload, "--model", "nginx-slab");

        Assert.Equal(5_000, result.GetProperty("operations").GetInt64());
        Assert.Equal("Load", result.GetProperty("sites")[0].GetProperty("site").GetString());
    }
}
