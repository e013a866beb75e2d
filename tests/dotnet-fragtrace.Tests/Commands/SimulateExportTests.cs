using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Placements and answers as CSV.</summary>
public sealed class SimulateExportTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Placements_HaveOneLineForEachRequestThatPlaces()
    {
        string workload = _folder.File(
            "w.txt", "alloc a 100", "alloc \"b,c\" 5000", "free a", "realloc \"b,c\" 100", "alloc d 10000000000");
        string csv = _folder.PathOf("p.csv");

        (await ToolRun.Of("simulate", workload, "--model", "nginx-slab", "--set", "zone=80k", "--placements", csv)).Succeeded();

        string[] lines = _folder.Lines("p.csv");
        Assert.Equal("index,id,offset", lines[0]);
        Assert.Equal(5, lines.Length);
        Assert.Matches("^0,a,[0-9]+$", lines[1]);
        Assert.Matches("^1,\"\"\"b,c\"\"\",[0-9]+$", lines[2]);
        Assert.Matches("^3,\"\"\"b,c\"\"\",[0-9]+$", lines[3]);
        Assert.Equal("4,d,-1", lines[4]);
    }

    [Fact]
    public async Task Answers_HaveOneLineForEachOperation()
    {
        string workload = _folder.File(
            "w.txt", "set a 10", "add a 10", "get a", "delete a", "get a", "safe_set big 100000", "incr a", "flush_all");
        string csv = _folder.PathOf("a.csv");

        (await ToolRun.Of(
            "simulate", workload, "--model", "lua-shared-dict", "--set", "zone=40k", "--answers", csv)).Succeeded();

        string[] lines = _folder.Lines("a.csv");
        Assert.Equal("index,operation,answer,freePageBytes", lines[0]);
        Assert.Equal(
            [
                "0,set,ok", "1,add,exists", "2,get,hit", "3,delete,ok", "4,get,not found", "5,safe_set,no memory",
                "6,incr,not found", "7,flush_all,ok",
            ],
            lines[1..].Select(line => line[..line.LastIndexOf(',')]),
            StringComparer.Ordinal);
        Assert.All(lines[1..], line => Assert.Matches(",[0-9]+$", line));
    }

    [Fact]
    public async Task PlacementsOfTwoModels_AreRefused() => (await ToolRun.Of(
        "simulate", _folder.Cats(), "--model", "nginx-slab", "--model", "dotnet-loh", "--placements", _folder.PathOf("p.csv")))
        .Failed(ExitCode.Arguments, "one --model");

    [Fact]
    public async Task PlacementsOverTheWorkload_AreRefusedAndTheWorkloadStays()
    {
        string workload = _folder.Cats();

        ToolRun run = await ToolRun.Of("simulate", workload, "--model", "nginx-slab", "--placements", workload);

        run.Failed(ExitCode.Arguments, "is read here");
        Assert.Equal(["safe_set {1..300} 8"], File.ReadAllLines(workload));
    }

    [Theory]
    [InlineData("--placements", "--answers")]
    [InlineData("--placements", "--output")]
    [InlineData("--answers", "--output")]
    public async Task TwoOutputsInOneFile_AreRefusedBeforeAnythingIsWritten(string one, string other)
    {
        string both = _folder.PathOf("q.csv");

        (await ToolRun.Of("simulate", _folder.Cats(), "--model", "nginx-slab", one, both, other, both))
            .Failed(ExitCode.Arguments, $"{one} and {other} both name {both}.");
        Assert.False(File.Exists(both));
        Assert.Equal(ExitCode.Ok, (await ToolRun.Of(
            "simulate", _folder.Cats(), "--model", "nginx-slab", one, both, other, _folder.PathOf("r.json"))).Code);
    }

    [Theory]
    [InlineData("folder")]
    [InlineData("hard")]
    public async Task PlacementsOverTheWorkloadByAnotherPath_AreRefusedAndTheWorkloadStays(string link)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems do not tell which file a path leads to.");
        string workload = _folder.Cats();
        Directory.CreateSymbolicLink(_folder.PathOf("linked"), _folder.Path);
        string other = _folder.PathOf("linked/" + Path.GetFileName(workload));
        if (link is "hard")
        {
            other = _folder.PathOf("second.txt");
            using Process ln = Process.Start("ln", [workload, other]);
            await ToolProcess.EndOfAsync(ln);
        }

        ToolRun over = await ToolRun.Of("simulate", workload, "--model", "nginx-slab", "--placements", other);
        ToolRun beside = await ToolRun.Of("simulate", workload, "--model", "nginx-slab", "--placements", _folder.PathOf("linked/p.csv"));

        over.Failed(ExitCode.Arguments, "is read here");
        Assert.Equal(["safe_set {1..300} 8"], File.ReadAllLines(workload));
        Assert.Equal(ExitCode.Ok, beside.Code);
        Assert.NotEmpty(_folder.Lines("p.csv"));
    }

    [Fact]
    public async Task PlacementsIntoAnAbsentFolder_AreOneLine() => (await ToolRun.Of(
        "simulate", _folder.Cats(), "--model", "nginx-slab", "--placements", _folder.PathOf("absent/p.csv")))
        .Failed(ExitCode.Arguments, "there is no such directory");

    [Fact]
    public async Task PlacementsIntoAFolder_AreOneLine() => (await ToolRun.Of(
        "simulate", _folder.Cats(), "--model", "nginx-slab", "--placements", _folder.Path))
        .Failed(ExitCode.Arguments, "it is a directory");

    [Fact]
    public async Task FullDevice_EndsTheTracingInOneLine()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        (await ToolRun.Of("simulate", _folder.Cats(), "--model", "nginx-slab", "--placements", "/dev/full"))
            .Failed(ExitCode.Tracing, "/dev/full");
    }

    [Fact]
    public async Task BrokenLine_NamesItAndKeepsWhatWasWritten()
    {
        string workload = _folder.File("w.txt", "alloc a 100", "alloc b lots");
        string csv = _folder.PathOf("p.csv");

        (await ToolRun.Of("simulate", workload, "--model", "nginx-slab", "--placements", csv))
            .Failed(ExitCode.Arguments, "w.txt: line 2: ");

        Assert.Equal(2, _folder.Lines("p.csv").Length);
    }

    [Fact]
    public async Task AbsentFile_IsOneLineAndNothingIsWritten()
    {
        string csv = _folder.PathOf("p.csv");

        (await ToolRun.Of("simulate", _folder.PathOf("absent.txt"), "--model", "nginx-slab", "--placements", csv))
            .Failed(ExitCode.Arguments, "there is no such file");

        Assert.False(File.Exists(csv));
    }
}
