using System;
using System.Linq;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests.Commands;

/// <summary>What the tool makes of a real terminal.</summary>
[Trait("Starts", "Tool")]
public sealed class TerminalColorTests
{
    [Theory]
    [InlineData("TERM=xterm-256color", true)]
    [InlineData("TERM=dumb", false)]
    [InlineData("TERM=xterm-256color NO_COLOR=1", false)]
    public async Task Colors_AreShownWhereTheTerminalHasThem_AndNobodyForbadeThem(string environment, bool hasColors)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The terminal is made by a program of Linux.");
        string command = $"stty cols 52; unset NO_COLOR; export {environment}; exec {ToolProcess.Quoted} list-profiles";
        using TerminalProgram terminal = TerminalProgram.Start(command);

        string screen = await terminal.EndByKeyAsync('\r');

        Assert.Contains("Enables", screen, StringComparison.Ordinal);
        Assert.Equal(hasColors, screen.Contains("\u001b[1mfull\u001b[0m", StringComparison.Ordinal));
        if (!hasColors)
            Assert.InRange(screen.Split('\n').Skip(1).Max(line => line.TrimEnd('\r').Length), 45, 52);
    }
}
