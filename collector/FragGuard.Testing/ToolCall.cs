using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

namespace FragGuard.Testing;

/// <summary>One call of the tool.</summary>
internal sealed class ToolCall : IAsyncDisposable
{
    private const int Refused = 11;
    private const int MostError = 1 << 16;

    /// <summary>How long a recording may take to stop before it is killed; a program that it launched may take five seconds of that.</summary>
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(15);

    private readonly Process _process;
    private readonly string _verb;
    private readonly Task<string> _output;
    private readonly StringBuilder _error = new();
    private readonly TaskCompletionSource _began = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeSpan _patience;

    private ToolCall(Process process, string verb, TimeSpan patience)
    {
        _process = process;
        _verb = verb;
        _patience = patience;
        _output = process.StandardOutput.ReadToEndAsync();
        process.ErrorDataReceived += (_, line) => Said(line.Data);
        process.BeginErrorReadLine();
    }

    /// <exception cref="FragmentationToolException">The tool is missing or cannot be started.</exception>
    public static ToolCall Start(
        RecorderOptions options, IEnumerable<string> arguments, Action<ProcessStartInfo>? adjust = null)
    {
        ProcessStartInfo start = ToolPlace.Start(options);
        string[] words = [.. arguments];
        foreach (string word in words)
            start.ArgumentList.Add(word);
        adjust?.Invoke(start);
        try
        {
            return new ToolCall(Process.Start(start)!, words[0], options.Patience);
        }
        catch (Win32Exception exception)
        {
            throw new FragmentationToolException($"{start.FileName} cannot be started: {exception.Message}", exception);
        }
    }

    /// <summary>Runs the tool to its end; a gate that refuses has still said what it measured.</summary>
    /// <exception cref="FragmentationToolException">It failed.</exception>
    public static async Task<string> RunAsync(RecorderOptions options, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        ToolCall call = Start(options, arguments);
        await using (call.ConfigureAwait(false))
        {
            (int code, string output) = await call.EndAsync(cancellation).ConfigureAwait(false);
            return code is 0 or Refused ? output : throw call.Failed(code);
        }
    }

    /// <summary>Waits until a recording runs.</summary>
    /// <exception cref="FragmentationToolException">It did not begin.</exception>
    public async Task BeganAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.WhenAny(_began.Task, _process.WaitForExitAsync(cancellation)).WaitAsync(_patience, cancellation).ConfigureAwait(false);
        }
        catch (TimeoutException exception)
        {
            throw new FragmentationToolException($"dotnet-fragtrace {_verb} did not begin within {_patience}.", exception);
        }

        cancellation.ThrowIfCancellationRequested();
        if (!_began.Task.IsCompleted)
            throw Failed(_process.ExitCode);
    }

    /// <summary>Asks a recording to stop.</summary>
    public void Stop() => _process.StandardInput.Close();

    /// <summary>Waits without end for a process that works, then with patience for the tool.</summary>
    public async Task<(int Code, string Output)> EndAsync(CancellationToken cancellation, bool isPatient = false)
    {
        try
        {
            string output = await _output.WaitAsync(isPatient ? Timeout.InfiniteTimeSpan : _patience, cancellation).ConfigureAwait(false);
            await _process.WaitForExitAsync(cancellation).WaitAsync(_patience, cancellation).ConfigureAwait(false);
            return (_process.ExitCode, output);
        }
        catch (TimeoutException exception)
        {
            throw new FragmentationToolException($"dotnet-fragtrace {_verb} did not end within {_patience}.", exception);
        }
    }

    /// <summary>What to throw when the tool ended with that code.</summary>
    public FragmentationToolException Failed(int code)
    {
        string[] lines;
        lock (_error)
            lines = _error.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string said = lines.FirstOrDefault(line => line.StartsWith("[ERROR]", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "it said nothing";
        return new FragmentationToolException(string.Create(
            CultureInfo.InvariantCulture, $"dotnet-fragtrace {_verb} ended with exit code {code}: {said}"));
    }

    /// <summary>Ends the tool if it still runs. A recording is stopped, so that no session and no socket stays behind; the rest is killed.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited && !await StopsAsync().ConfigureAwait(false))
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync().ConfigureAwait(false);
        }

        _process.Dispose();
    }

    private async Task<bool> StopsAsync()
    {
        if (_verb is not "collect")
            return false;
        Stop();
        try
        {
            await _process.WaitForExitAsync().WaitAsync(StopPatience).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private void Said(string? line)
    {
        if (line is null)
            return;
        lock (_error)
        {
            if (_error.Length < MostError)
                _error.Append(line).Append('\n');
        }

        if (line.StartsWith("Recording process", StringComparison.Ordinal))
            _began.TrySetResult();
    }
}
