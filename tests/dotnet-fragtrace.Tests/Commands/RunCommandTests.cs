using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.Commands;

[Trait("Starts", "Tool")]
public sealed class RunCommandTests(RunFixture fixture) : IClassFixture<RunFixture>, IDisposable
{
    private readonly TestFolder _folder = new();

    private string Page => _folder.PathOf("page.html");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Project_IsBuiltRunAndJudged()
    {
        JsonNode report = JsonNode.Parse(fixture.Run.Out)!;

        Assert.Equal("fragguard.run/1", (string?)report["schema"]);
        Assert.Equal("App", (string?)report["target"]!["project"]);
        JsonNode finding = Assert.Single(report["findings"]!.AsArray())!;
        Assert.Equal("FG2001", (string?)finding["rule"]);
        Assert.Equal("confirmed", (string?)finding["verdict"]);
    }

    [Fact]
    public void ExitCodeOfTheProgram_PassesThroughAndIsSaid()
    {
        Assert.Equal(7, (int)fixture.Run.Code);
        Assert.Equal(7, (int?)JsonNode.Parse(fixture.Run.Out)!["target"]!["exitCode"]);
        Assert.EndsWith(
            "[ERROR] App ended with exit code 7 (The program speaks.); what it did until then is reported.\n",
            fixture.Run.Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void EverythingAfterTwoDashes_ReachesTheProgram() =>
        Assert.Equal(["--json", "-o", "x", "@y", "a b", "--help"], File.ReadAllLines(fixture.Told));

    [Fact]
    public void PageAndRecording_StandSideBySide()
    {
        Assert.StartsWith("<!doctype html>", File.ReadAllText(fixture.Page), StringComparison.Ordinal);
        Assert.True(new FileInfo(fixture.Recording).Length > 0);
    }

    [Fact]
    public async Task Assembly_IsJudgedByTheFindingsOfAnEarlierBuild()
    {
        ToolRun run = await ToolRun.Of(
            "run", fixture.Built.AssemblyPath, "--findings", fixture.Findings, "-o", Page, "--json", "--", _folder.PathOf("told"));

        JsonNode finding = Assert.Single(JsonNode.Parse(run.Out)!["findings"]!.AsArray())!;
        Assert.Equal("confirmed", (string?)finding["verdict"]);
        Assert.DoesNotContain("Building", run.Error, StringComparison.Ordinal);
        Assert.Contains("App: 1 finding; running it", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProgramThatThrows_IsReportedUntilThenWithItsLastWords()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The code is that of Unix.");

        ToolRun run = await ToolRun.Of("run", TargetProgram.Assembly, "-o", Page, "--", "throw");

        Assert.Equal(134, (int)run.Code);
        Assert.Contains(
            "(Unhandled exception. System.InvalidOperationException: the target threw this)", Complaint(run), StringComparison.Ordinal);
        Assert.Contains("GC heap [measured]", run.Unwrapped, StringComparison.Ordinal);
        Assert.True(new FileInfo(Page).Length > 0);
    }

    [Theory]
    [InlineData("failfast", 134)]
    [InlineData("kill", 137)]
    public async Task ProgramThatIsEnded_IsReportedUntilThen(string end, int code)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The codes are those of Unix.");

        ToolRun run = await ToolRun.Of("run", TargetProgram.Assembly, "-o", Page, "--json", "--", end);

        Assert.Equal(code, (int)run.Code);
        Complaint(run);
        JsonNode report = JsonNode.Parse(run.Out)!;
        Assert.True((bool?)report["quality"]!["truncated"]);
        Assert.True((int?)report["heap"]!["gcs"] > 5);
        Assert.Equal("dotnet-fragtrace.Tests.Target", (string?)report["target"]!["command"]);
    }

    [Fact]
    public async Task ProgramThatExitsAtOnce_SaysThatNoGcRan()
    {
        ToolRun run = await ToolRun.Of("run", TargetProgram.Assembly, "-o", Page);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("no GC ran", run.Unwrapped, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Duration_EndsTheProgram()
    {
        ToolRun run = await ToolRun.Of(
            "run", TargetProgram.Assembly, "-o", Page, "--json", "--duration", "00:01", "--", "spin", "100");

        Assert.Equal(ExitCode.Ok, run.Code);
        JsonNode report = JsonNode.Parse(run.Out)!;
        Assert.Null(report["target"]!["exitCode"]);
        Assert.InRange((double)report["target"]!["durationMs"]!, 500, 30_000);
    }

    [Theory]
    [InlineData("/dev/full", "page.html", "page.html")]
    [InlineData("/dev/null", "/dev/full", null)]
    public async Task FullDevice_IsOneError_AndWhatWasKeptIsNamed(string printed, string page, string? written)
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");
        await using ToolProcess tool = ToolProcess.StartAs(
            ["env", "-C", _folder.Path, "sh", "-c", $"exec \"$0\" \"$@\" > {printed}"], ["run", TargetProgram.Assembly, "-o", page]);

        ToolRun run = await tool.EndAsync();

        Assert.Equal(ExitCode.Tracing, run.Code);
        Assert.Contains("broke off", Complaint(run), StringComparison.Ordinal);
        string note = Assert.Single(run.Error.Split('\n'), line => line.StartsWith("Recording: ", StringComparison.Ordinal));
        Assert.True(new FileInfo(_folder.PathOf(note["Recording: ".Length..])).Length > 0);
        Assert.Equal(written is not null, run.Error.Contains($"Report: {page}\n", StringComparison.Ordinal));
        Assert.True(written is null || new FileInfo(_folder.PathOf(written)).Length > 0);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ProjectThatDoesNotBuild_IsOneErrorAndTouchesNoPage(bool existed)
    {
        _folder.File("App.csproj", "<Project><Target Name=\"Build\"><Error Text=\"not today\" /></Target></Project>");
        if (existed)
            await File.WriteAllTextAsync(Page, "before", TestContext.Current.CancellationToken);

        ToolRun run = await ToolRun.Of("run", _folder.Path, "-o", Page);

        Assert.Equal(ExitCode.Arguments, run.Code);
        Assert.Contains("App does not build:", Complaint(run), StringComparison.Ordinal);
        Assert.Equal("", run.Out);
        Assert.Equal(existed, File.Exists(Page));
        Assert.False(existed && File.ReadAllText(Page) is not "before");
        Assert.False(File.Exists(_folder.PathOf("page.nettrace")));
    }

    [Fact]
    public async Task MissingFindings_AreOneLineBeforeTheWork() => (await ToolRun.Of(
        "run", TargetProgram.Assembly, "-o", Page, "--findings", _folder.PathOf("none.sarif")))
        .Failed(ExitCode.Arguments, "none.sarif: there is no such file.");

    [Fact]
    public async Task PageNamedAsARecording_IsRefused() => (await ToolRun.Of(
        "run", TargetProgram.Assembly, "-o", _folder.PathOf("page.nettrace")))
        .Failed(ExitCode.Arguments, "names the report");

    [Fact]
    public async Task PageThatIsAFolder_IsOneLine() => (await ToolRun.Of(
        "run", TargetProgram.Assembly, "-o", _folder.Path))
        .Failed(ExitCode.Arguments, "it is a directory.");

    [Fact]
    public async Task RecordingThatIsAFolder_IsOneLine()
    {
        Directory.CreateDirectory(_folder.PathOf("page.nettrace"));

        (await ToolRun.Of("run", TargetProgram.Assembly, "-o", Page)).Failed(ExitCode.Arguments, "it is a directory.");

        Assert.False(File.Exists(Page));
    }

    [Fact]
    public async Task MissingProgram_IsOneLine() => (await ToolRun.Of("run", _folder.PathOf("none")))
        .Failed(ExitCode.Arguments, "does not exist.");

    /// <summary>The one error line of a run that also said what it does.</summary>
    private static string Complaint(ToolRun run) => Assert.Single(
        run.Error.Split('\n'), line => line.StartsWith("[ERROR] ", StringComparison.Ordinal));
}
