using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>A recording in progress: events flow from the target into a .nettrace file.</summary>
public sealed class TraceSession : IAsyncDisposable
{
    private static readonly TimeSpan AnalysisPatience = TimeSpan.FromSeconds(5);

    private readonly RuntimePort _port;
    private readonly RecordingOptions _options;
    private readonly LiveAnalysis _live = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly TaskCompletionSource _stop = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly RecordingLoop _loop;

    private TraceSession(
        RuntimePort port, LaunchedTarget? target, RecordingOptions options, EventStream stream, FileStream file)
    {
        _port = port;
        Target = target;
        _options = options;
        IsLossless = stream.IsLossless;
        _loop = new RecordingLoop(port, stream, options, file, _live);
        Completion = FinishAsync();
    }

    public int ProcessId => _port.ProcessId;

    /// <summary>The launched target; null when attached.</summary>
    public LaunchedTarget? Target { get; }

    /// <summary>Whether threads of the target wait while the buffer is full, so that no event is lost.</summary>
    public bool IsLossless { get; }

    public LiveFigures Figures => _live.Figures;

    /// <summary>
    /// Completes when the recording has ended for any reason. A launched target that ended by itself may be part of a command that
    /// goes on: then its end is awaited too, until somebody asks to stop or <see cref="RecordingOptions.MaxDuration"/> is over.
    /// </summary>
    /// <exception cref="TracingException">The recording broke off; the partial file is kept.</exception>
    public Task<Recording> Completion { get; }

    /// <exception cref="SessionException">No session could be made.</exception>
    public static async Task<TraceSession> AttachAsync(
        int processId, RecordingOptions options, CancellationToken cancellation = default)
    {
        RuntimePort port = TargetProcess.PortOf(processId);
        try
        {
            return await StartAsync(port, target: null, options, cancellation).ConfigureAwait(false);
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <summary>Starts the command, records from its first event on, and lets it run.</summary>
    /// <exception cref="SessionException">The command does not start, ends early, or holds no .NET runtime.</exception>
    public static async Task<TraceSession> LaunchAsync(
        LaunchCommand command, RecordingOptions options, CancellationToken cancellation = default)
    {
        LaunchedTarget target = await TargetLauncher.LaunchAsync(command, cancellation).ConfigureAwait(false);
        try
        {
            return await StartSuspendedAsync(target.Port, target, options, cancellation).ConfigureAwait(false);
        }
        catch
        {
            await target.AbandonAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Listens at an address and records the first runtime that connects, from its first event on. Runtimes that connect
    /// later run untraced.
    /// </summary>
    /// <param name="address">Path of the socket to make, or name of the pipe on Windows.</param>
    /// <param name="options">What to record, and where to.</param>
    /// <param name="onListening">Called once a runtime may connect.</param>
    /// <param name="cancellation">Ends the waiting for a runtime.</param>
    /// <exception cref="SessionException">Nothing can listen there, or the runtime begins no session.</exception>
    public static async Task<TraceSession> ListenAsync(
        string address, RecordingOptions options, Action? onListening = null, CancellationToken cancellation = default)
    {
        RecordingDisk.RequireFree(options.OutputFile, options.MinFreeBytes);
        ReversedPort port = ReversedPort.OpenAt(address);
        try
        {
            port.Accept();
            onListening?.Invoke();
            await port.Target.WaitAsync(cancellation).ConfigureAwait(false);
            return await StartSuspendedAsync(port, target: null, options, cancellation).ConfigureAwait(false);
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    /// <summary>Asks the target to stop sending, and drains what it still has. Safe to call more than once.</summary>
    public Task<Recording> StopAsync()
    {
        RequestStop();
        return Completion;
    }

    /// <summary>
    /// Waits for the end: <paramref name="stop"/> stops cleanly, <paramref name="abort"/> ends at once. Neither makes
    /// this method throw.
    /// </summary>
    public async Task<Recording> WaitAsync(CancellationToken stop = default, CancellationToken abort = default)
    {
        CancellationTokenRegistration stopping = stop.Register(RequestStop);
        await using (stopping.ConfigureAwait(false))
        {
            CancellationTokenRegistration aborting = abort.Register(Abort);
            await using (aborting.ConfigureAwait(false))
                return await Completion.ConfigureAwait(false);
        }
    }

    /// <summary>Aborts the recording if it still runs. A launched target that still runs is ended.</summary>
    public async ValueTask DisposeAsync()
    {
        if (!Completion.IsCompleted)
            Abort();
        await ((Task)Completion).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Target is not null)
            await Target.DisposeAsync().ConfigureAwait(false);
        _port.Dispose();
        _live.Dispose();
        _loop.Dispose();
    }

    private static async Task<TraceSession> StartAsync(
        RuntimePort port, LaunchedTarget? target, RecordingOptions options, CancellationToken cancellation)
    {
        (EventStream stream, FileStream file) = await SessionStart.OpenAsync(port, options, cancellation).ConfigureAwait(false);
        return new TraceSession(port, target, options, stream, file);
    }

    private static async Task<TraceSession> StartSuspendedAsync(
        RuntimePort port, LaunchedTarget? target, RecordingOptions options, CancellationToken cancellation)
    {
        TraceSession session = await StartAsync(port, target, options, cancellation).ConfigureAwait(false);
        try
        {
            await SessionStart.ResumeAsync(port, options, cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await session.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void RequestStop()
    {
        _stop.TrySetResult();
        _loop.RequestStop(RecordingEnd.Stopped);
    }

    private void Abort()
    {
        _stop.TrySetResult();
        _loop.EndAtOnce(RecordingEnd.Aborted);
    }

    private async Task<Recording> FinishAsync()
    {
        RecordingEnd end;
        try
        {
            end = await _loop.Completion.ConfigureAwait(false);
        }
        finally
        {
            await _live.CompleteAsync(AnalysisPatience).ConfigureAwait(false);
        }

        return new Recording(_options.OutputFile, end, _live.Figures, await ExitCodeAsync(end).ConfigureAwait(false));
    }

    private async Task<int?> ExitCodeAsync(RecordingEnd end)
    {
        if (Target is null)
            return null;
        if (end == RecordingEnd.TargetExited)
            await CommandEndAsync(Target).ConfigureAwait(false);
        return Target.Exit.IsCompletedSuccessfully ? await Target.Exit.ConfigureAwait(false) : null;
    }

    private async Task CommandEndAsync(LaunchedTarget target)
    {
        Task end = Task.WhenAny(target.Exit, _stop.Task);
        if (_options.MaxDuration is { } duration)
            await Countdown.WaitAsync(duration - _clock.Elapsed, end, TimeProvider.System).ConfigureAwait(false);
        else
            await end.ConfigureAwait(false);
    }
}
