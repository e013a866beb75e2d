using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;

namespace FragGuard.FragTrace.Tests;

/// <summary>The program that the verbs launch and attach to, built beside the tests; ended with the test.</summary>
internal sealed class TargetProgram : IAsyncDisposable
{
    private readonly Process _process;

    private TargetProgram(Process process) => _process = process;

    public static string Assembly { get; } =
        Path.Combine(AppContext.BaseDirectory, "dotnet-fragtrace.Tests.Target.dll");

    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    public int ProcessId => _process.Id;

    public bool IsAlive => !_process.HasExited;

    /// <summary>Starts it and waits until it allocates.</summary>
    public static async Task<TargetProgram> SpinAsync()
    {
        ProcessStartInfo start = new(Dotnet, [Assembly, "spin", "100"])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        TargetProgram target = new(Process.Start(start)!);
        while (await target._process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is not ("ready" or null))
            Assert.True(target.IsAlive);
        return target;
    }

    public Task SignalAsync(string signal) => ToolProcess.SignalAsync(ProcessId, signal);

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await ToolProcess.EndOfAsync(_process);
        _process.Dispose();
    }
}
