using System;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>Terminals that the tool may not read, or that go away while it runs.</summary>
[Trait("Starts", "Tool")]
public sealed class TerminalTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private string ExitCode => _folder.PathOf("code.txt");

    private string Output => _folder.PathOf("out.txt");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task TerminalThatGoesAway_LeavesTheDurationAsItIs()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();
        using TerminalProgram terminal = TerminalProgram.Start(
            "trap '' HUP; " + CallOf("timeout --foreground", target, "monitor --json --duration 00:05"));
        await ToolProcess.FileHoldsAsync(Output, 1);

        terminal.Close();

        await EndsWellAsync();
    }

    [Fact]
    public async Task TerminalOfAnotherInTheForeground_IsNotRead()
    {
        await using TargetProgram target = await TargetProgram.SpinAsync();

        // This puts the tool into a process group of its own, in the background.
        using TerminalProgram terminal = TerminalProgram.Start(
            CallOf("timeout", target, $"collect -o '{_folder.PathOf("run.nettrace")}' --duration 00:03"));

        await EndsWellAsync();
        await terminal.EndAsync();
    }

    /// <summary>A call that leaves its exit code in a file, and is ended should it hang.</summary>
    private string CallOf(string limit, TargetProgram target, string arguments) => string.Create(
        CultureInfo.InvariantCulture,
        $"{limit} -k 10 60 {ToolProcess.Quoted} {arguments} -p {target.ProcessId} >'{Output}' 2>&1; echo $? >'{ExitCode}'");

    private async Task EndsWellAsync()
    {
        await ToolProcess.FileHoldsAsync(ExitCode, 2);
        string code = await File.ReadAllTextAsync(ExitCode, TestContext.Current.CancellationToken);
        Assert.True(string.Equals(code, "0\n", StringComparison.Ordinal), code + await File.ReadAllTextAsync(Output, TestContext.Current.CancellationToken));
    }
}
