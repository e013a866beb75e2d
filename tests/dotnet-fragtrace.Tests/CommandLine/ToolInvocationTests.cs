using System;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests.CommandLine;

public sealed class ToolInvocationTests
{
    [Fact]
    public async Task NoVerb_NamesTheVerbs() =>
        (await ToolRun.Of()).Failed(ExitCode.Arguments, "Name a verb: run, ps, collect, list-profiles, heap, monitor, report, validate, gate, simulate, models, zones, arenas, memory, kernel");

    [Fact]
    public async Task UnknownVerb_IsOneLine() => (await ToolRun.Of("simulat")).Failed(ExitCode.Arguments, "'simulat'");

    [Fact]
    public async Task UnknownOption_IsOneLine() =>
        (await ToolRun.Of("models", "--jsn")).Failed(ExitCode.Arguments, "'--jsn'");

    [Fact]
    public async Task KnownOption_IsTaken() => (await ToolRun.Of("models", "--json")).Succeeded();

    [Fact]
    public async Task MissingOptionValue_IsOneLine() =>
        (await ToolRun.Of("simulate", "a.txt", "--model")).Failed(ExitCode.Arguments, "--model");

    [Theory]
    [InlineData("abc is not a process id.", "collect", "-p", "abc")]
    [InlineData("99999999999 is not a process id.", "heap", "-p", "99999999999")]
    [InlineData("1.5 is not a process id.", "memory", "-p", "1.5")]
    [InlineData("--buffersize abc is not a whole number.", "collect", "-p", "1", "--buffersize", "abc")]
    [InlineData("--buffersize is from 1 to 4096 MB.", "collect", "-p", "1", "--buffersize", "99999999999")]
    [InlineData("--buffersize 1.5 is not a whole number.", "kernel", "--record", "a.fgkernel", "--buffersize", "1.5")]
    [InlineData("--max-nodes abc is not a whole number.", "heap", "-p", "1", "--max-nodes", "abc")]
    [InlineData("--timeout 1,5 is not a number.", "heap", "-p", "1", "--timeout", "1,5")]
    [InlineData("--watch abc is not a number.", "kernel", "--watch", "abc")]
    [InlineData("--significance abc is not a number.", "gate", "--list", "--significance", "abc")]
    [InlineData("--max-lost abc is not a number.", "gate", "--list", "--max-lost", "abc")]
    public async Task NumberThatIsNone_IsOneLineInOurWords(string says, params string[] arguments)
    {
        ToolRun run = await ToolRun.Of(arguments);

        run.Failed(ExitCode.Arguments, says);
        Assert.Equal($"[ERROR] {says}\n", run.Error.ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Numbers_AreTaken() => (await ToolRun.Of("gate", "--list", "--significance", "0.01", "--max-lost", "1e-3")).Succeeded();

    [Fact]
    public async Task ArgumentThatStartsWithAt_IsNoResponseFile() =>
        (await ToolRun.Of("report", "@absent")).Failed(ExitCode.Arguments, "Cannot read @absent: there is no such file");

    [Theory]
    [InlineData]
    [InlineData("simulate")]
    [InlineData("models")]
    [InlineData("report")]
    public async Task Help_IsTheResult(params string[] verb)
    {
        ToolRun run = await ToolRun.Of([.. verb, "--help"]);

        run.Succeeded();
        Assert.Contains("Usage:", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_ListsEveryVerb()
    {
        ToolRun run = await ToolRun.Of("--help");

        Assert.All(["simulate", "models", "report"], verb => Assert.Contains(verb, run.Out, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Version_IsTheResult()
    {
        ToolRun run = await ToolRun.Of("--version");

        run.Succeeded();
        Assert.Matches("^[0-9]+[.][0-9]+[.][0-9]+", run.Out);
    }

    [Fact]
    public async Task ErrorWithControlCharacters_StaysOneLine() =>
        (await ToolRun.Of("report", "a\u001b[2J\nb")).Failed(ExitCode.Arguments, "a�[2J�b");
}
