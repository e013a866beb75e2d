using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>A recording in progress: events flow from the target into a .nettrace file.</summary>
public sealed class TraceSession : IAsyncDisposable
{
    private const int CopyBytes = 128 * 1024;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ExitPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan AnalysisPatience = TimeSpan.FromSeconds(5);

    private readonly RuntimePort _port;
    private readonly RecordingOptions _options;
    private readonly ulong _sessionId;
    private readonly Stream _events;
    private readonly FileStream _file;
    private readonly LiveAnalysis _live = new();
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationTokenSource _ended = new();
    private int _requestedEnd = -1;

    private TraceSession(
        RuntimePort port, LaunchedTarget? target, RecordingOptions options, EventStream stream, FileStream file)
    {
        _port = port;
        Target = target;
        _options = options;
        _sessionId = stream.SessionId;
        _events = stream.Events;
        IsLossless = stream.IsLossless;
        _file = file;
        Completion = Task.Run(RecordAsync);
        if (options.MaxDuration is { } duration)
            _ = StopAfterAsync(duration);
    }

    public int ProcessId => _port.ProcessId;

    /// <summary>The launched target; null when attached.</summary>
    public LaunchedTarget? Target { get; }

    /// <summary>Whether threads of the target wait while the buffer is full, so that no event is lost.</summary>
    public bool IsLossless { get; }

    public LiveFigures Figures => _live.Figures;

    /// <summary>Completes when the recording has ended for any reason.</summary>
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
            TraceSession session = await StartAsync(target.Port, target, options, cancellation).ConfigureAwait(false);
            await AskAsync(target.Port, PortCommand.ResumeRuntime, default, cancellation).ConfigureAwait(false);
            return session;
        }
        catch
        {
            await target.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Asks the target to stop sending, and drains what it still has. Safe to call more than once.</summary>
    public Task<Recording> StopAsync()
    {
        RequestStop(RecordingEnd.Stopped);
        return Completion;
    }

    /// <summary>Ends at once without draining.</summary>
    public Task<Recording> AbortAsync()
    {
        Abort();
        return Completion;
    }

    /// <summary>
    /// Waits for the end: <paramref name="stop"/> stops cleanly, <paramref name="abort"/> ends at once. Neither makes
    /// this method throw.
    /// </summary>
    public async Task<Recording> WaitAsync(CancellationToken stop = default, CancellationToken abort = default)
    {
        CancellationTokenRegistration stopping = stop.Register(() => RequestStop(RecordingEnd.Stopped));
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
        _aborting.Dispose();
        _ended.Dispose();
    }

    private static async Task<TraceSession> StartAsync(
        RuntimePort port, LaunchedTarget? target, RecordingOptions options, CancellationToken cancellation)
    {
        FileStream file = RecordingOutput.Create(options.OutputFile);
        try
        {
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            limit.CancelAfter(RequestTimeout);
            EventStream stream = await TargetProcess.TalkAsync(
                port.ProcessId,
                () => EventStreamRequest.StartAsync(
                    port, options.Profile, options.BufferMegabytes, options.WantsLossless, limit.Token),
                cancellation).ConfigureAwait(false);
            return new TraceSession(port, target, options, stream, file);
        }
        catch
        {
            await file.DisposeAsync().ConfigureAwait(false);
            RecordingOutput.DeleteEmpty(options.OutputFile);
            throw;
        }
    }

    private static async Task AskAsync(
        RuntimePort port, PortCommand command, ReadOnlyMemory<byte> payload, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(RequestTimeout);
        await TargetProcess.TalkAsync(
            port.ProcessId, () => port.AskAsync(command, payload, limit.Token), cancellation).ConfigureAwait(false);
    }

    private async Task<Recording> RecordAsync()
    {
        try
        {
            await CopyAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TracingException(
                $"The recording broke off after {_live.Figures.RecordedBytes} bytes: {exception.Message}",
                _options.OutputFile, exception);
        }
        finally
        {
            await _ended.CancelAsync().ConfigureAwait(false);
            await _events.DisposeAsync().ConfigureAwait(false);
            await _live.CompleteAsync(AnalysisPatience).ConfigureAwait(false);
            await CloseFileAsync().ConfigureAwait(false);
        }

        RecordingEnd end = _requestedEnd < 0 ? RecordingEnd.TargetExited : (RecordingEnd)_requestedEnd;
        return new Recording(_options.OutputFile, end, _live.Figures, await ExitCodeAsync(end).ConfigureAwait(false));
    }

    private async Task CopyAsync()
    {
        byte[] buffer = new byte[CopyBytes];
        long written = 0;
        while (true)
        {
            int count = await ReadAsync(buffer).ConfigureAwait(false);
            if (count == 0)
                break;

            await _file.WriteAsync(buffer.AsMemory(0, count), CancellationToken.None).ConfigureAwait(false);
            _live.Feed(buffer.AsSpan(0, count));
            written += count;
            if (written >= _options.MaxBytes)
                RequestStop(RecordingEnd.MaxBytesReached);
        }

        await _file.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    // A target that dies takes its end of the connection with it: that is an end of the recording, not an error.
    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            return await _events.ReadAsync(buffer, _aborting.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            return 0;
        }
    }

    private async Task CloseFileAsync()
    {
        try
        {
            await _file.DisposeAsync().ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The disk is full: the writes before have said so.
        }
    }

    private async Task<int?> ExitCodeAsync(RecordingEnd end)
    {
        if (Target is null)
            return null;
        if (end == RecordingEnd.TargetExited)
            await Task.WhenAny(Target.Exit, Task.Delay(ExitPatience)).ConfigureAwait(false);
        return Target.Exit.IsCompletedSuccessfully ? await Target.Exit.ConfigureAwait(false) : null;
    }

    private void RequestStop(RecordingEnd end)
    {
        if (Interlocked.CompareExchange(ref _requestedEnd, (int)end, -1) == -1)
            _ = Task.Run(SendStopAsync);
    }

    private void Abort()
    {
        if (Completion.IsCompleted)
            return;

        Interlocked.Exchange(ref _requestedEnd, (int)RecordingEnd.Aborted);
        _aborting.Cancel();
    }

    private async Task StopAfterAsync(TimeSpan duration)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (clock.Elapsed < duration && !Completion.IsCompleted)
            await Task.WhenAny(Completion, Task.Delay(duration - clock.Elapsed + TimeSpan.FromMilliseconds(1))).ConfigureAwait(false);
        RequestStop(RecordingEnd.MaxDurationReached);
    }

    // The answer comes when the session is flushed, which needs the stream to be read meanwhile.
    private async Task SendStopAsync()
    {
        try
        {
            await _port.AskAsync(
                PortCommand.StopTracing, BitConverter.GetBytes(_sessionId), _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or PortException
            or OperationCanceledException or ObjectDisposedException or System.Threading.Channels.ChannelClosedException)
        {
            // The target is gone: its stream ends by itself.
        }
    }
}
