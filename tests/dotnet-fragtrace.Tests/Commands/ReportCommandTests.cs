using System;
using System.IO;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Reports;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task JsonOfAResult_IsTheSameResult()
    {
        string saved = Saved(SampleReports.Full);

        ToolRun run = await ToolRun.Of("report", saved, "--json");

        run.Succeeded();
        Assert.Equal(File.ReadAllText(saved), run.Out);
    }

    [Theory]
    [InlineData("text", "Findings: 1 confirmed, 1 unknown, 1 not exercised, 1 refuted")]
    [InlineData("html", "<!doctype html>")]
    [InlineData("svg", "<svg ")]
    [InlineData("json", "\"schema\": \"fragguard.run/1\"")]
    public async Task Format_DecidesTheForm(string format, string has)
    {
        ToolRun run = await ToolRun.Of("report", Saved(SampleReports.Full), "--format", format);

        run.Succeeded();
        Assert.Contains(has, run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("r.html", "<!doctype html>")]
    [InlineData("r.JSON", "{")]
    [InlineData("r.txt", "The GC heap holds 354 MiB for 222 MiB live")]
    [InlineData("r", "The GC heap holds 354 MiB for 222 MiB live")]
    public async Task Extension_DecidesTheFormWhenNothingElseDoes(string name, string startsWith)
    {
        ToolRun run = await ToolRun.Of("report", Saved(SampleReports.Full), "-o", _folder.PathOf(name));

        run.Succeeded();
        Assert.Equal("", run.Out);
        Assert.StartsWith(startsWith, File.ReadAllText(_folder.PathOf(name)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_IsAFileOfItsBytes()
    {
        (await ToolRun.Of("report", Saved(SampleReports.Full), "-o", _folder.PathOf("r.png"))).Succeeded();

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], File.ReadAllBytes(_folder.PathOf("r.png"))[..4]);
    }

    [Fact]
    public async Task FormatOverrulesTheExtension()
    {
        (await ToolRun.Of("report", Saved(SampleReports.Full), "--format", "json", "-o", _folder.PathOf("r.html")))
            .Succeeded();

        Assert.StartsWith("{", File.ReadAllText(_folder.PathOf("r.html")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_PutsTheTwoSideBySide()
    {
        string before = Saved(SampleReports.Full);
        string after = Saved(SampleReports.Empty, "after.json");

        ToolRun json = await ToolRun.Of("report", after, "--before", before, "--json");
        ToolRun page = await ToolRun.Of("report", after, "--before", before, "--format", "html");

        json.Succeeded();
        JsonNode comparison = JsonNode.Parse(json.Out)!;
        Assert.Equal("fragguard.comparison/1", (string?)comparison["schema"]);
        Assert.Equal("image cache", (string?)comparison["before"]!["target"]!["command"]);
        Assert.Equal("quiet", (string?)comparison["after"]!["target"]!["command"]);
        page.Succeeded();
        Assert.Contains("At least one run had no GC", page.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AbsentBefore_IsOneLine() => (await ToolRun.Of(
        "report", Saved(SampleReports.Full), "--before", _folder.PathOf("absent.json")))
        .Failed(ExitCode.Arguments, "there is no such file");

    [Fact]
    public async Task OutputOverTheEarlierResult_IsRefused()
    {
        string before = Saved(SampleReports.Full);

        (await ToolRun.Of("report", Saved(SampleReports.Empty, "after.json"), "--before", before, "-o", before))
            .Failed(ExitCode.Arguments, "is read here");
    }

    [Fact]
    public async Task UnknownFormat_ListsTheKnown() => (await ToolRun.Of(
        "report", Saved(SampleReports.Full), "--format", "pdf"))
        .Failed(ExitCode.Arguments, "There is no format 'pdf'; known: chromium, html, json, markdown, png, speedscope, svg, text.");

    [Fact]
    public async Task JsonAndAnotherFormat_ExcludeEachOther() => (await ToolRun.Of(
        "report", Saved(SampleReports.Full), "--json", "--format", "html"))
        .Failed(ExitCode.Arguments, "exclude each other");

    [Fact]
    public async Task AbsentFile_IsOneLine() => (await ToolRun.Of("report", _folder.PathOf("absent.json")))
        .Failed(ExitCode.Arguments, "there is no such file");

    [Fact]
    public async Task LinkToItself_IsOneLine()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links take a right on Windows.");
        string link = _folder.PathOf("link");
        File.CreateSymbolicLink(link, link);

        (await ToolRun.Of("report", link)).Failed(ExitCode.Arguments, $"Cannot read {link}: ");
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{ \"schema\": \"fragguard.simulation/1\" }")]
    [InlineData("nettrace")]
    public async Task AnythingElse_IsNoResult(string content) => (await ToolRun.Of("report", _folder.File("r.json", content)))
        .Failed(ExitCode.Arguments, "r.json: not a result of this tool");

    [Fact]
    public async Task RecordingOfAnyName_IsToldByItsFirstBytes() => (await ToolRun.Of("report", _folder.File("r.json", "Nettrace")))
        .Failed(ExitCode.Arguments, "r.json' is no .nettrace recording");

    [Theory]
    [InlineData("pipe")]
    [InlineData("link")]
    public async Task RecordingFromAPipe_IsSaidToBeOne(string name)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "There are no named pipes here.");
        string pipe = _folder.PathOf("pipe");
        using (System.Diagnostics.Process made = System.Diagnostics.Process.Start("mkfifo", [pipe]))
            await ToolProcess.EndOfAsync(made);
        File.CreateSymbolicLink(_folder.PathOf("link"), pipe);
        Task writing = Task.Run(() => File.AppendAllText(pipe, "Nettrace"));

        (await ToolRun.Of("report", _folder.PathOf(name))).Failed(ExitCode.Arguments, $"{name}: a recording, and a pipe's name has to end in .nettrace for one.");
        await writing;
    }

    [Theory]
    [InlineData("report")]
    [InlineData("gate")]
    [InlineData("simulate")]
    public async Task FilesOfOtherTools_AreNamed(string verb)
    {
        string[] rest = verb is "simulate" ? ["--model", "dotnet-loh"] : [];

        (await ToolRun.Of([verb, _folder.File("a.gcdump", "\u0014\0\0\0!FastSerialization.1\u0004"), .. rest]))
            .Failed(ExitCode.Arguments, "a.gcdump: a .gcdump, .etlx or .netperf file, which this tool does not read");
        (await ToolRun.Of([verb, _folder.File("a.zip", "PK\u0003\u0004\0"), .. rest])).Failed(ExitCode.Arguments, "a.zip: a compressed file");
    }

    [Fact]
    public async Task NewerSchema_SaysWhichOneIsRead() => (await ToolRun.Of(
        "report", Changed(result => result["schema"] = "fragguard.run/2")))
        .Failed(ExitCode.Arguments, "its schema is 'fragguard.run/2'; this tool reads 'fragguard.run/1'");

    [Fact]
    public async Task UnknownKey_IsIgnored() =>
        (await ToolRun.Of("report", Changed(result => result["later"] = 1))).Succeeded();

    [Fact]
    public async Task NullWhereAValueBelongs_IsNoResult() =>
        (await ToolRun.Of("report", Changed(result => result["findings"]![0]!["message"] = null)))
        .Failed(ExitCode.Arguments, "not a result of this tool");

    [Fact]
    public async Task NullInAList_IsNoResult() =>
        (await ToolRun.Of("report", Changed(result => result["timeline"]![0] = null)))
        .Failed(ExitCode.Arguments, "not a result of this tool: one of its lists holds null");

    [Theory]
    [InlineData("u200@0 f100", true)]
    [InlineData("u200@1 f100", false)]
    [InlineData("u200@0 f0", false)]
    [InlineData("c200:201", false)]
    [InlineData("u1*9999999999999", false)]
    [InlineData("f9000000000000000000 f9000000000000000000", false)]
    [InlineData("<b>", false)]
    public async Task LayoutOfATrack_IsReadBeforeItIsDrawn(string layout, bool isFine)
    {
        HeapTrack track = new("loh", true, ["a site"], [new HeapTrackMoment(1, 1, "blocking", 300, 100, 1, 100, 0, layout)]);
        string saved = Saved(SampleReports.Full with { Tracks = [track] });

        ToolRun run = await ToolRun.Of("report", saved, "--format", "html");

        if (isFine)
            run.Succeeded();
        else
            run.Failed(ExitCode.Arguments, "saved.json: not a result of this tool: a layout of its tracks cannot be read");
    }

    [Fact]
    public async Task NullWhereItMayStand_IsFine() =>
        (await ToolRun.Of("report", Changed(result => result["findings"]![0]!["helpUri"] = null))).Succeeded();

    [Fact]
    public async Task OutputOverTheResult_IsRefusedAndTheResultStays()
    {
        string saved = Saved(SampleReports.Full);
        string before = File.ReadAllText(saved);

        (await ToolRun.Of("report", saved, "-o", saved)).Failed(ExitCode.Arguments, "is read here");

        Assert.Equal(before, File.ReadAllText(saved));
    }

    [Fact]
    public async Task FullDevice_IsOneLine()
    {
        Assert.SkipUnless(File.Exists("/dev/full"), "There is no /dev/full here.");

        (await ToolRun.Of("report", Saved(SampleReports.Full), "-o", "/dev/full")).Failed(ExitCode.Tracing, "/dev/full");
    }

    private string Saved(RunReport report, string name = "saved.json")
    {
        string path = _folder.PathOf(name);
        File.WriteAllText(path, WrittenReport.Text(report, "json"));
        return path;
    }

    private string Changed(Action<JsonNode> change)
    {
        string path = Saved(SampleReports.Full);
        JsonNode result = JsonNode.Parse(File.ReadAllText(path))!;
        change(result);
        File.WriteAllText(path, result.ToJsonString());
        return path;
    }
}
