using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>A command we started, suspended at the start of its .NET runtime until a session resumes it.</summary>
public sealed class LaunchedTarget : IAsyncDisposable
{
    private const int MaxOutputCharacters = 64 * 1024;

    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly Process _process;
    private readonly ReversedPort _port;
    private readonly StringBuilder _output = new();

    internal LaunchedTarget(Process process, ReversedPort port, ChildOutput output)
    {
        _process = process;
        _port = port;
        CommandProcessId = process.Id;
        Exit = ProcessEnd.OfAsync(process);
        if (output == ChildOutput.Inherit)
            return;

        process.StandardInput.Close();
        process.OutputDataReceived += (_, line) => Keep(line.Data, output);
        process.ErrorDataReceived += (_, line) => Keep(line.Data, output);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Process that holds the runtime: the command itself or a descendant of it.</summary>
    public int ProcessId => _port.ProcessId;

    /// <summary>Process that was started.</summary>
    public int CommandProcessId { get; }

    /// <summary>Completes with the exit code of the started command; a signal counts as 128 + its number.</summary>
    public Task<int> Exit { get; }

    /// <summary>End of the command's output and errors; empty unless captured.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    internal RuntimePort Port => _port;

    /// <summary>Ends the command and its descendants at once.</summary>
    public void Kill()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception or AggregateException)
        {
            // It ended by itself meanwhile, or one of them is another user's.
        }
    }

    /// <summary>Processes that were started with the port's address, as their children will be; none without procfs.</summary>
    internal IEnumerable<ProcessEntry> Bearers() =>
        ProcessEntry.All().Where(process => string.Equals(process.Variable(ReversedPort.Variable), _port.Address, StringComparison.Ordinal));

    /// <summary>
    /// Ends the command and what it detached, which nobody will record: a runtime that waits for us, or starts later, would wait for ever.
    /// </summary>
    internal async Task AbandonAsync()
    {
        Kill();
        foreach (ProcessEntry bearer in Bearers())
            ProcessSignal.Send(bearer.ProcessId, ProcessSignal.Kill);
        await DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>
    /// Ends the command and its descendants if it still runs. On Linux they are asked to, by SIGTERM, and killed when they have not
    /// after five seconds.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (!Exit.IsCompleted)
            await ProcessTree.Of(CommandProcessId).EndAsync(EndPatience).ConfigureAwait(false);
        Kill();
        await Exit.ConfigureAwait(false);
        _port.Dispose();
        _process.Dispose();
    }

    private void Keep(string? line, ChildOutput output)
    {
        if (line is null || output != ChildOutput.Capture)
            return;

        lock (_output)
        {
            _output.AppendLine(line);
            if (_output.Length > MaxOutputCharacters)
                _output.Remove(0, _output.Length - MaxOutputCharacters);
        }
    }
}
