using System;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Live;

/// <summary>A process that is watched: its events are decoded as they arrive and, unless asked for, kept nowhere.</summary>
public sealed class LiveSession : IAsyncDisposable
{
    private const int NameQuestions = 5;

    private static readonly TimeSpan NameInterval = TimeSpan.FromMilliseconds(100);

    private readonly RuntimePort _port;
    private readonly bool _isFromStart;
    private readonly EventStream _stream;
    private readonly RecordingCopy? _copy;
    private readonly LiveReading _reading;
    private readonly TimeSpan _answerPatience;
    private readonly CancellationTokenSource _ended = new();
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _requestedEnd = -1;

    internal LiveSession(
        RuntimePort port, LaunchedTarget? target, EventStream stream, RecordingCopy? copy, LiveOptions options)
    {
        _port = port;
        _isFromStart = port is ReversedPort;
        Target = target;
        _stream = stream;
        _copy = copy;
        _answerPatience = options.AnswerPatience;
        _reading = new LiveReading(stream.Events, options.Profile, copy);
        Completion = FinishAsync();
        if (options.MaxDuration is { } duration)
            _ = StopAfterAsync(duration);
    }

    public int ProcessId => _port.ProcessId;

    /// <summary>The launched target; null when attached.</summary>
    public LaunchedTarget? Target { get; }

    /// <summary>
    /// Completes when the session has ended for any reason. A launched target that ended by itself may be part of a command that
    /// goes on: then its end is awaited too, until somebody asks to stop or <see cref="LiveOptions.MaxDuration"/> is over.
    /// </summary>
    public Task<LiveEnd> Completion { get; }

    /// <exception cref="SessionException">No session could be made.</exception>
    public static async Task<LiveSession> AttachAsync(
        int processId, LiveOptions options, CancellationToken cancellation = default)
    {
        RuntimePort port = TargetProcess.PortOf(processId);
        try
        {
            return await LiveStart.OpenAsync(port, target: null, options, cancellation).ConfigureAwait(false);
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <summary>Starts the command, watches it from its first event on, and lets it run.</summary>
    /// <exception cref="SessionException">The command does not start, ends early, or holds no .NET runtime.</exception>
    public static async Task<LiveSession> LaunchAsync(
        LaunchCommand command, LiveOptions options, CancellationToken cancellation = default)
    {
        LaunchedTarget target = await TargetLauncher.LaunchAsync(command, cancellation).ConfigureAwait(false);
        try
        {
            return await LiveStart.OpenSuspendedAsync(target.Port, target, options, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await target.AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Listens at an address and watches the first runtime that connects, from its first event on.</summary>
    /// <param name="address">Path of the socket to make, or name of the pipe on Windows.</param>
    /// <param name="options">What to watch.</param>
    /// <param name="onListening">Called once a runtime may connect.</param>
    /// <param name="cancellation">Ends the waiting for a runtime.</param>
    /// <exception cref="SessionException">Nothing can listen there, or the runtime begins no session.</exception>
    public static async Task<LiveSession> ListenAsync(
        string address, LiveOptions options, Action? onListening = null, CancellationToken cancellation = default)
    {
        ReversedPort port = ReversedPort.OpenAt(address);
        try
        {
            port.Accept();
            onListening?.Invoke();
            await port.Target.WaitAsync(cancellation).ConfigureAwait(false);
            return await LiveStart.OpenSuspendedAsync(port, target: null, options, cancellation).ConfigureAwait(false);
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <summary>What the events that arrived by now say.</summary>
    public LiveMoment Look() => _reading.Look();

    /// <summary>What the target runs, as the system tells or else its runtime.</summary>
    public async Task<TargetCommand> CommandAsync()
    {
        if (_port.Entry?.Arguments() is { Length: > 0 } arguments)
            return TargetCommand.Of(arguments);

        string commandLine = "";
        for (int i = 0; i < NameQuestions; i++)
        {
            commandLine = (await RuntimeIdentity.TryAskAsync(_port).ConfigureAwait(false))?.CommandLine ?? "";
            if (!_isFromStart || commandLine.Contains(' ', StringComparison.Ordinal) || Completion.IsCompleted)
                break;

            // At its start a runtime knows no more than its host.
            await Task.WhenAny(Completion, Task.Delay(NameInterval)).ConfigureAwait(false);
        }

        return TargetCommand.Of(commandLine);
    }

    /// <summary>
    /// Waits for the end: <paramref name="stop"/> stops cleanly, <paramref name="abort"/> ends at once. Neither makes
    /// this method throw.
    /// </summary>
    public async Task<LiveEnd> WaitAsync(CancellationToken stop = default, CancellationToken abort = default)
    {
        CancellationTokenRegistration stopping = stop.Register(() => RequestStop(RecordingEnd.Stopped));
        await using (stopping.ConfigureAwait(false))
        {
            CancellationTokenRegistration aborting = abort.Register(Abort);
            await using (aborting.ConfigureAwait(false))
                return await Completion.ConfigureAwait(false);
        }
    }

    /// <summary>Ends the session if it still runs. A launched target that still runs is ended.</summary>
    public async ValueTask DisposeAsync()
    {
        Abort();
        await ((Task)Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Target is not null)
            await Target.DisposeAsync().ConfigureAwait(false);
        _port.Dispose();
        _reading.Dispose();
        _ended.Dispose();
    }

    private async Task<LiveEnd> FinishAsync()
    {
        string? damage;
        try
        {
            damage = await _reading.Completion.ConfigureAwait(false);
        }
        finally
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            await _stream.Events.DisposeAsync().ConfigureAwait(false);
            _copy?.Dispose();
        }

        RecordingEnd end = _requestedEnd < 0 ? RecordingEnd.TargetExited : (RecordingEnd)_requestedEnd;
        return new LiveEnd(end, damage, _copy?.Problem, await ExitCodeAsync(end, damage).ConfigureAwait(false));
    }

    private async Task<int?> ExitCodeAsync(RecordingEnd end, string? damage)
    {
        if (Target is null || damage is not null)
            return null;
        if (end == RecordingEnd.TargetExited)
            await Task.WhenAny(Target.Exit, _stop.Task).ConfigureAwait(false);
        return Target.Exit.IsCompletedSuccessfully ? await Target.Exit.ConfigureAwait(false) : null;
    }

    private async Task StopAfterAsync(TimeSpan duration)
    {
        await Countdown.WaitAsync(duration, Completion, TimeProvider.System).ConfigureAwait(false);
        RequestStop(RecordingEnd.MaxDurationReached);
    }

    private void RequestStop(RecordingEnd end)
    {
        _stop.TrySetResult();
        if (!Completion.IsCompleted && Interlocked.CompareExchange(ref _requestedEnd, (int)end, -1) == -1)
            _ = Task.Run(StopAsync);
    }

    private void Abort()
    {
        _stop.TrySetResult();
        if (Completion.IsCompleted)
            return;

        Interlocked.Exchange(ref _requestedEnd, (int)RecordingEnd.Aborted);
        _reading.End();
    }

    // A target that does not answer is left to itself: its runtime ends the session when the connection is gone.
    private async Task StopAsync()
    {
        _ = SendStopAsync();
        await Task.WhenAny(_reading.Completion, Task.Delay(_answerPatience)).ConfigureAwait(false);
        if (_reading.Completion.IsCompleted)
            return;

        Interlocked.Exchange(ref _requestedEnd, (int)RecordingEnd.TargetSilent);
        _reading.End();
    }

    private async Task SendStopAsync()
    {
        try
        {
            await _port.AskAsync(
                PortCommand.StopTracing, BitConverter.GetBytes(_stream.SessionId), _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or PortException
            or OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            // The target is gone: its stream ends by itself.
        }
    }
}
