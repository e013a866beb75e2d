using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Tests.Findings;
using Spectre.Console;

namespace FragGuard.FragTrace.Tests.Commands;

public sealed class ValidateCommandTests(ValidateFixture fixture) : IClassFixture<ValidateFixture>, IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("FG2001", "FG2001", "confirmed")]
    [InlineData("FG2001", "fg2001", "refuted")]
    [InlineData("FG2002", "FG2002", "confirmed")]
    [InlineData("FG2002", "fg2001", "refuted")]
    [InlineData("FG2008", "FG2008", "confirmed")]
    [InlineData("FG2008", "fg2008", "refuted")]
    [InlineData("FG2009", "FG2009", "refuted")]
    [InlineData("FG2009", "fg2001", "unknown")]
    [InlineData("FG2015", "FG2015", "notExercised")]
    [InlineData("FG3001", "FG3001", "confirmed")]
    [InlineData("FG3001", "FG2001", "notExercised")]
    [InlineData("FG3003", "FG2001", "unknown")]
    [InlineData("FG4001", "FG2001", "unknown")]
    public async Task Finding_IsJudgedByTheRecording(string rule, string mark, string verdict)
    {
        ToolRun run = await ToolRun.Of("validate", "--findings", fixture.Finding(rule, mark), fixture.Recording, "--json");

        run.Succeeded();
        JsonNode finding = Assert.Single(JsonNode.Parse(run.Out)!["findings"]!.AsArray())!;
        Assert.True(string.Equals(verdict, (string?)finding["verdict"], StringComparison.Ordinal), finding.ToJsonString());
    }

    [Fact]
    public async Task SeveralFiles_AreOneReportWithTheirFilesMapped()
    {
        ToolRun run = await ToolRun.Of(
            "validate", fixture.Recording, "--json",
            "--findings", fixture.Finding("FG2001", "FG2001"), "--findings", fixture.Finding("FG2008", "FG2008"));

        run.Succeeded();
        JsonNode report = JsonNode.Parse(run.Out)!;
        Assert.Equal("fragguard.validation/1", (string?)report["schema"]);
        Assert.Equal(2, (int?)report["summary"]!["confirmed"]);
        Assert.Equal("missRatio", (string?)report["summary"]!["quantities"]![0]!["name"]);
        Assert.EndsWith("Verdicts.cs", (string?)report["mappedFiles"]![0]!["recordedFile"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v.sarif", "\"fragguard\": {")]
    [InlineData("v.html", "<!doctype html>")]
    [InlineData("v.txt", "1 finding: 1 confirmed")]
    public async Task Extension_DecidesTheForm(string name, string has)
    {
        string file = _folder.PathOf(name);

        (await ToolRun.Of("validate", "--findings", fixture.Finding("FG2001", "FG2001"), fixture.Recording, "-o", file)).Succeeded();

        Assert.Contains(has, File.ReadAllText(file), StringComparison.Ordinal);
        if (name.EndsWith("sarif", StringComparison.Ordinal))
            SarifStructure.Check(JsonNode.Parse(File.ReadAllText(file))!);
    }

    [Theory]
    [InlineData(60)]
    [InlineData(180)]
    public async Task Text_IsAsWideAsTheTerminal(int columns)
    {
        using MemoryStream screen = new();
        using (ToolConsole console = new(new TerminalWriter(screen, Encoding.ASCII, columns, ColorSystem.NoColors), TextWriter.Null))
            await ToolInvocation.RunAsync(["validate", "--findings", fixture.Finding("FG2001", "FG2001"), fixture.Recording], console);

        string[] lines = [.. Encoding.ASCII.GetString(screen.ToArray()).Split('\n').Select(line => line.TrimEnd())];

        Assert.InRange(lines.Max(line => line.Length), columns * 3 / 4, columns);
        Assert.DoesNotContain(lines, line => line.Contains('?', StringComparison.Ordinal));
    }

    [Fact]
    public async Task SameInput_GivesTheSameBytes()
    {
        string[] arguments = ["validate", "--findings", fixture.Finding("FG2001", "FG2001"), fixture.Recording, "--format", "sarif"];

        Assert.Equal((await ToolRun.Of(arguments)).Out, (await ToolRun.Of(arguments)).Out);
    }

    [Fact]
    public async Task Result_KeepsItsVerdictsAndKnowsNoOthers()
    {
        string result = _folder.PathOf("result.json");
        ToolRun made = await ToolRun.Of("report", fixture.Recording, "--json", "-o", result);
        made.Succeeded();

        ToolRun run = await ToolRun.Of("validate", "--findings", fixture.Finding("FG2001", "FG2001"), result);

        run.Succeeded();
        Assert.Contains("made without this finding", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1.5")]
    [InlineData("NaN")]
    [InlineData("x")]
    public async Task LimitOutOfRange_IsOneLine(string limit) => (await ToolRun.Of(
        "validate", "--findings", fixture.Finding("FG2001", "FG2001"), fixture.Recording, "--max-lost", limit))
        .Failed(ExitCode.Arguments, "from 0 to 1");

    [Fact]
    public async Task MissingSarif_IsOneLine() => (await ToolRun.Of(
        "validate", "--findings", _folder.PathOf("none.sarif"), fixture.Recording)).Failed(ExitCode.Arguments, "there is no such file");

    [Fact]
    public async Task OutputOverAnInput_IsRefused()
    {
        string sarif = fixture.Finding("FG2001", "FG2001");

        (await ToolRun.Of("validate", "--findings", sarif, fixture.Recording, "-o", sarif)).Failed(ExitCode.Arguments, "is read here");
    }
}
