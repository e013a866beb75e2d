using System;
using System.IO;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests;

/// <summary>One run of the tool in this process, with what it printed.</summary>
internal sealed record ToolRun(ExitCode Code, string Out, string Error)
{
    /// <summary>The text without the ends of lines that its width made.</summary>
    public string Unwrapped => string.Join(' ', Out.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    public static async Task<ToolRun> Of(params string[] args)
    {
        using StringWriter output = new();
        using StringWriter error = new();
        using ToolConsole console = new(output, error);
        ExitCode code = await Task.Run(() => ToolInvocation.RunAsync(args, console)).WaitAsync(Patience);
        return new ToolRun(code, output.ToString(), error.ToString());
    }

    public void Succeeded()
    {
        Assert.Equal("", Error);
        Assert.Equal(ExitCode.Ok, Code);
    }

    /// <summary>The run printed no result, one error line that says this, and ended with this code.</summary>
    public void Failed(ExitCode code, string says)
    {
        string line = Assert.Single(Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("[ERROR] ", line, StringComparison.Ordinal);
        Assert.Contains(says, line, StringComparison.Ordinal);
        Assert.Equal(code, Code);
        Assert.Equal("", Out);
    }
}
