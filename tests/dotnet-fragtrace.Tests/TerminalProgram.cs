using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests;

/// <summary>A shell command with a terminal of its own, made by the program <c>script</c>; the test skips where there is none.</summary>
internal sealed class TerminalProgram : IDisposable
{
    private readonly Process _script;
    private readonly Task<string> _shown;

    private TerminalProgram(Process script)
    {
        _script = script;
        _shown = script.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    public static TerminalProgram Start(string command)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/script"), "The 'script' program gives the tool a terminal.");
        ProcessStartInfo start = new("script", ["-qfec", command, "/dev/null"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        return new TerminalProgram(Process.Start(start)!);
    }

    /// <summary>Presses the key, waits for the program's good end, and returns everything its terminal showed.</summary>
    public async Task<string> EndByKeyAsync(char key)
    {
        await _script.StandardInput.WriteAsync(key);
        await _script.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        return await EndAsync();
    }

    /// <summary>Waits for the program's good end, and returns everything its terminal showed.</summary>
    public async Task<string> EndAsync()
    {
        string screen = await _shown.WaitAsync(Patience, TestContext.Current.CancellationToken);
        await ToolProcess.EndOfAsync(_script);
        Assert.Equal(0, _script.ExitCode);
        return screen;
    }

    /// <summary>Takes the terminal away from the program, as a window that is closed does.</summary>
    public void Close() => _script.Kill();

    public void Dispose() => _script.Dispose();
}
