using System;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.CommandLine.Completion;

namespace FragGuard.FragTrace.Tests.CommandLine;

/// <summary>What a shell offers while a command line is typed.</summary>
[Trait("Starts", "Tool")]
public sealed class CompletionTests
{
    [Theory]
    [InlineData("dotnet-fragtrace col", "collect")]
    [InlineData("dotnet-fragtrace report --fo", "--format")]
    [InlineData("dotnet-fragtrace collect --profile l", "layout")]
    [InlineData("dotnet-fragtrace simulate w.txt --model lua-", "lua-shared-dict")]
    [InlineData("dotnet-fragtrace simulate w.txt --model glibc --set arena", "arena_max=")]
    [InlineData("dotnet-fragtrace zones -p 1 --format s", "svg")]
    [InlineData("dotnet-fragtrace gate x.nettrace --max pools.m", "pools.misses=")]
    [InlineData("dotnet-fragtrace completion b", "bash")]
    public async Task UnfinishedLine_IsOfferedWhatFits(string line, string offered) =>
        Assert.Contains(offered, await OfferedAsync(line), StringComparer.Ordinal);

    [Theory]
    [InlineData("dotnet-fragtrace monitor --profile ", "full")]
    [InlineData("dotnet-fragtrace collect --profile ", "glibc")]
    [InlineData("dotnet-fragtrace report --", "--model")]
    public async Task UnfinishedLine_IsNotOfferedWhatTheVerbRefuses(string line, string offered) =>
        Assert.DoesNotContain(offered, await OfferedAsync(line), StringComparer.Ordinal);

    [Fact]
    public async Task ProcessIds_AreThoseOfRunningPrograms()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        string id = target.ProcessId.ToString(CultureInfo.InvariantCulture);

        Assert.Contains(id, await OfferedAsync("dotnet-fragtrace collect -p "), StringComparer.Ordinal);
        Assert.Contains(id, await OfferedAsync("dotnet-fragtrace memory -p "), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("Shop.Api_2", true)]
    [InlineData("$(reboot)", false)]
    [InlineData("a b", false)]
    [InlineData("`id`", false)]
    [InlineData("\u001b[31m", false)]
    [InlineData("", false)]
    public void NameOfAProcess_IsOfferedOnlyWhereItIsAWordToEveryShell(string name, bool isOffered) =>
        Assert.Equal(isOffered, OptionValues.IsPlain(name));

    [Theory]
    [InlineData("dotnet-fragtrace col", "collect")]
    [InlineData("dotnet-fragtrace collect --profile l", "layout")]
    [InlineData("dotnet-fragtrace simulate w.txt --model dotnet-p", "dotnet-poh")]
    [InlineData("dotnet-fragtrace collect --profile x", "")]
    public async Task Bash_CompletesTheWord(string line, string expected)
    {
        string shell = LivePrograms.Require("bash");
        ToolRun script = await ToolRun.Of("completion", "bash");
        script.Succeeded();

        // What readline does: the words, the one at the cursor, and the line go to the function that `complete` names.
        (int code, string said) = await RunAsync(shell, script.Out + """
            dotnet-fragtrace() { eval "$FRAGGUARD_TOOL"' "$@"'; }
            function=$(complete -p dotnet-fragtrace | sed 's/.*-F \([^ ]*\).*/\1/')
            COMP_LINE=$1 COMP_POINT=${#1}
            read -r -a COMP_WORDS <<< "$1"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
            "$function"
            printf '%s\n' "${COMPREPLY[@]}"
            """, line);

        Assert.Equal(0, code);
        Assert.Equal(expected, said.Trim());
    }

    [Theory]
    [InlineData("bash", "complete -o default -F")]
    [InlineData("zsh", "compdef")]
    [InlineData("fish", "complete -c dotnet-fragtrace")]
    [InlineData("pwsh", "Register-ArgumentCompleter")]
    public async Task EachShell_HasAScriptThatAsksTheTool(string shell, string says)
    {
        ToolRun run = await ToolRun.Of("completion", shell);

        run.Succeeded();
        Assert.Contains(says, run.Out, StringComparison.Ordinal);
        Assert.Contains("[suggest", run.Out, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', run.Out);
    }

    [Fact]
    public async Task UnknownShell_IsOneLine()
    {
        ToolRun run = await ToolRun.Of("completion", "tcsh");

        run.Failed(ExitCode.Arguments, "There is no completion for 'tcsh'; known: bash, fish, pwsh, zsh.");
    }

    private static async Task<string[]> OfferedAsync(string line)
    {
        ToolRun run = await ToolRun.Of($"[suggest:{line.Length.ToString(CultureInfo.InvariantCulture)}]", line);
        run.Succeeded();
        return [.. run.Out.Split('\n').Select(one => one.Trim())];
    }

    private static async Task<(int Code, string Out)> RunAsync(string shell, string script, string argument)
    {
        ProcessStartInfo start = new(shell, ["--norc", "--noprofile", "-c", script, "completion", argument])
        {
            RedirectStandardOutput = true, UseShellExecute = false,
        };
        start.Environment["FRAGGUARD_TOOL"] = ToolProcess.Quoted;
        using Process process = Process.Start(start)!;
        using CancellationTokenSource patience = new(Patience);
        string output = await process.StandardOutput.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, output);
    }
}
