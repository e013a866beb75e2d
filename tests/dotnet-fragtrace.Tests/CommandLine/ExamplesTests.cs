using System;
using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.CommandLine.Help;
using FragGuard.FragTrace.Commands;

namespace FragGuard.FragTrace.Tests.CommandLine;

/// <summary>Help teaches: every verb shows examples that work, and says how it ends.</summary>
public sealed class ExamplesTests
{
    public static TheoryData<string> Verbs => [.. Root().Subcommands.Select(verb => verb.Name), Examples.Tool];

    public static TheoryData<string, string> Lines =>
        [.. Examples.ByVerb.SelectMany(verb => verb.Value.Select(example => (verb.Key, example.Line)))];

    [Theory]
    [MemberData(nameof(Verbs))]
    public void Verb_HasTwoToFourExamples(string verb) => Assert.InRange(Examples.ByVerb[verb].Count, 2, 4);

    [Fact]
    public void Example_OfNoVerb_IsNotKept() =>
        Assert.Equal(Examples.ByVerb.Keys.Order(StringComparer.Ordinal), Verbs.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Lines))]
    public void Example_IsUnderstood(string verb, string line)
    {
        ParseResult parsed = Root().Parse(CommandLineParser.SplitCommandLine(line).ToArray());

        Assert.Empty(parsed.Errors);
        if (!string.Equals(verb, Examples.Tool, StringComparison.Ordinal))
            Assert.Equal(verb, parsed.CommandResult.Command.Name);
    }

    [Fact]
    public void ExamplesOfMetrics_NameThePortOfOtlpOverHttp() => Assert.All(
        Lines.Select(row => row.Data.Item2).Where(line => line.Contains("--otlp", StringComparison.Ordinal)),
        line => Assert.EndsWith(":4318", line, StringComparison.Ordinal));

    [Theory]
    [InlineData("report shop.nettrace --fromat html")]
    [InlineData("simulate shop.nettrace")]
    [InlineData("look")]
    public void Line_WithAMistake_IsNotUnderstood(string line) => Assert.NotEmpty(Root().Parse(line.Split(' ')).Errors);

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task Help_EndsWithExamplesAndExitCodes(string verb)
    {
        bool isTool = string.Equals(verb, Examples.Tool, StringComparison.Ordinal);

        ToolRun run = await ToolRun.Of(isTool ? ["--help"] : [verb, "--help"]);

        run.Succeeded();
        string[] lines = run.Out.ReplaceLineEndings("\n").Split('\n');
        int examples = Array.IndexOf(lines, "Examples:");
        int codes = Array.IndexOf(lines, "Exit codes:");
        Assert.True(Array.IndexOf(lines, "Options:") < examples && examples < codes, run.Out);
        Assert.All(Examples.ByVerb[verb], example => Assert.Contains($"  dotnet-fragtrace {example.Line}", lines[examples..codes], StringComparer.Ordinal));
        Assert.Contains("  3   the arguments, or a file they name, cannot be used", lines[codes..], StringComparer.Ordinal);
        bool tellsOfGates = isTool || string.Equals(verb, "gate", StringComparison.Ordinal);
        Assert.Equal(tellsOfGates, lines[codes..].Any(line => line.StartsWith("  11 ", StringComparison.Ordinal)));
    }

    [Fact]
    public void EveryExitCode_HasItsWords_AndIsInTheReadme()
    {
        Assert.Equal(Enum.GetValues<ExitCode>(), ExitCodes.All.Select(one => one.Code));
        string readme = Analyzers.Tests.RepositoryFiles.Read("README.md").ReplaceLineEndings(" ");
        string codes = readme[readme.IndexOf("Exit codes:", StringComparison.Ordinal)..];
        string sentence = codes[..codes.IndexOf('.', StringComparison.Ordinal)];
        Assert.All(ExitCodes.All, one => Assert.Contains($" {((int)one.Code).ToString(CultureInfo.InvariantCulture)} ", sentence, StringComparison.Ordinal));
    }

    private static RootCommand Root() => FragTraceCommand.Create(new ToolConsole(TextWriter.Null, TextWriter.Null));
}
