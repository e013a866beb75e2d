using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using FragGuard.FragTrace.CommandLine;

namespace FragGuard.FragTrace.Tests;

/// <summary>
/// The tool as a process of its own, for what only a process has: signals, exit codes, a terminal. It is the one built beside the
/// tests, or the native program that the environment variable <c>FRAGGUARD_NATIVE_TOOL</c> names.
/// </summary>
internal sealed class ToolProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly Task<string> _output;
    private readonly StringBuilder _error = new();

    private ToolProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_error)
                _error.Append(line.Data is null ? "" : line.Data + "\n");
        };
        process.BeginErrorReadLine();
    }

    private static readonly string[] Command =
        Environment.GetEnvironmentVariable("FRAGGUARD_NATIVE_TOOL") is { Length: > 0 } native
            ? [native]
            : [TargetProgram.Dotnet, Path.Combine(AppContext.BaseDirectory, "dotnet-fragtrace.dll")];

    /// <summary>What starts it in a shell.</summary>
    public static string Quoted { get; } = string.Join(' ', Command.Select(word => $"'{word}'"));

    public int ProcessId => _process.Id;

    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    public static ToolProcess Start(params IEnumerable<string> arguments) => StartAs([], arguments);

    /// <summary>Starts the tool through another program, such as one that changes the user.</summary>
    public static ToolProcess StartAs(IEnumerable<string> wrapper, IEnumerable<string> arguments)
    {
        // A test run in the background ignores Ctrl+C or the end of its terminal, and its children would as well.
        string[] defaults = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,QUIT,HUP"] : [];
        string[] command = [.. defaults, .. wrapper, .. Command, .. arguments];
        ProcessStartInfo start = new(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        return new ToolProcess(Process.Start(start)!);
    }

    public static async Task<ToolRun> RunAsync(params string[] arguments)
    {
        await using ToolProcess tool = Start(arguments);
        return await tool.EndAsync();
    }

    /// <summary>Waits for the end of another process, and ends one that hangs.</summary>
    public static async Task EndOfAsync(Process process)
    {
        try
        {
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public static async Task SignalAsync(int processId, string signal)
    {
        using Process kill = Process.Start("kill", ["-" + signal, processId.ToString(CultureInfo.InvariantCulture)]);
        await EndOfAsync(kill);
        Assert.Equal(0, kill.ExitCode);
    }

    public Task SignalAsync(string signal) => SignalAsync(_process.Id, signal);

    public async Task TypeAsync(string text)
    {
        await _process.StandardInput.WriteAsync(text);
        await _process.StandardInput.FlushAsync();
    }

    /// <summary>Waits until the tool has said this on standard error.</summary>
    public async Task SaidAsync(string text)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!Error.Contains(text, StringComparison.Ordinal))
        {
            Assert.True(clock.Elapsed < Patience && !_process.HasExited, $"It never said '{text}' but: {Error}");
            await Task.Delay(20);
        }
    }

    /// <summary>Waits until a recording runs and has had a moment to hold something.</summary>
    public async Task RecordsAsync(string file)
    {
        await SaidAsync("Recording process");
        await FileHoldsAsync(file, 1);
        await Task.Delay(500);
    }

    public async Task<ToolRun> EndAsync()
    {
        string output = await _output.WaitAsync(Patience);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        return new ToolRun((ExitCode)_process.ExitCode, output, Error);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync().WaitAsync(Patience);
        _process.Dispose();
    }

    /// <summary>Waits until a file has that many bytes.</summary>
    public static async Task FileHoldsAsync(string file, long bytes)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!File.Exists(file) || new FileInfo(file).Length < bytes)
        {
            Assert.True(clock.Elapsed < Patience, $"{file} never held {bytes} bytes.");
            await Task.Delay(20);
        }
    }
}
