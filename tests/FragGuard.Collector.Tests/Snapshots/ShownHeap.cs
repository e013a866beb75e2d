using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;

namespace FragGuard.Collector.Tests.Snapshots;

/// <summary>A target that shows its heap and tells the truth about it when asked; ended with the test.</summary>
internal sealed class ShownHeap : IAsyncDisposable
{
    private readonly Process _process;

    private ShownHeap(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public bool IsAlive => !_process.HasExited;

    public static Task<ShownHeap> OfAsync(params string[] arguments) => OfAsync(TargetProgram.Command(arguments), []);

    /// <summary>Starts it and waits until its heap is as it stays.</summary>
    public static async Task<ShownHeap> OfAsync(LaunchCommand command, (string Name, string Value)[] environment)
    {
        ProcessStartInfo start = new(command.FileName, command.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        foreach (KeyValuePair<string, string?> setting in command.Environment)
            start.Environment[setting.Key] = setting.Value;
        foreach ((string name, string value) in environment)
            start.Environment[name] = value;
        ShownHeap shown = new(Process.Start(start)!);
        Assert.Equal("ready 1", await shown._process.StandardOutput.ReadLineAsync().WaitAsync(Patience));
        return shown;
    }

    /// <summary>What it says of the heap it showed.</summary>
    public async Task<TruthLines> TellAsync()
    {
        await _process.StandardInput.WriteLineAsync();
        string told = await _process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        Assert.Equal(0, _process.ExitCode);
        return new TruthLines(told);
    }

    public async Task SignalAsync(string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, FormattableString.Invariant($"{ProcessId}")]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    public async ValueTask DisposeAsync()
    {
        if (IsAlive)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }
}
