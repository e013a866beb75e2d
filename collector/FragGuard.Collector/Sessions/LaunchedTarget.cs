using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>A command we started, suspended at the start of its .NET runtime until a session resumes it.</summary>
public sealed class LaunchedTarget : IAsyncDisposable
{
    private const int MaxOutputCharacters = 64 * 1024;

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

    /// <summary>Ends the command and its descendants.</summary>
    public void Kill()
    {
        try
        {
            if (!_process.HasExited)
                _process.Kill(entireProcessTree: true);
        }
        catch (Exception exception) when (exception is InvalidOperationException or Win32Exception)
        {
            // It ended by itself meanwhile.
        }
    }

    /// <summary>Ends the command if it still runs.</summary>
    public async ValueTask DisposeAsync()
    {
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
