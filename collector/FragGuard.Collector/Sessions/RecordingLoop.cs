using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Sessions;

/// <summary>Takes what a runtime sends into a file until the runtime ends, a limit is reached or somebody asks to stop.</summary>
internal sealed class RecordingLoop : IDisposable
{
    private const int CopyBytes = 128 * 1024;
    private const int DiskCheckMs = 250;

    private readonly RuntimePort _port;
    private readonly EventStream _stream;
    private readonly RecordingOptions _options;
    private readonly FileStream _file;
    private readonly LiveAnalysis _live;
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationTokenSource _ended = new();
    private int _requestedEnd = -1;
    private long _heardAt;

    public RecordingLoop(
        RuntimePort port, EventStream stream, RecordingOptions options, FileStream file, LiveAnalysis live)
    {
        _port = port;
        _stream = stream;
        _options = options;
        _file = file;
        _live = live;
        Completion = Task.Run(RecordAsync);
        if (options.MaxDuration is { } duration)
            _ = StopAfterAsync(duration);
    }

    /// <summary>Completes when the file is closed.</summary>
    /// <exception cref="TracingException">The recording broke off; the partial file is kept.</exception>
    public Task<RecordingEnd> Completion { get; }

    /// <summary>Asks the runtime to stop sending; what it still has is taken. The first reason given counts.</summary>
    public void RequestStop(RecordingEnd end)
    {
        if (Interlocked.CompareExchange(ref _requestedEnd, (int)end, -1) != -1)
            return;

        Interlocked.Exchange(ref _heardAt, Environment.TickCount64);
        _ = Task.Run(SendStopAsync);
        _ = EndWhenSilentAsync();
    }

    /// <summary>Ends without waiting for the runtime.</summary>
    public void EndAtOnce(RecordingEnd end)
    {
        if (_ended.IsCancellationRequested)
            return;

        Interlocked.Exchange(ref _requestedEnd, (int)end);
        _aborting.Cancel();
    }

    /// <summary>To be called after <see cref="Completion"/>.</summary>
    public void Dispose()
    {
        _aborting.Dispose();
        _ended.Dispose();
    }

    private async Task<RecordingEnd> RecordAsync()
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
            await _stream.Events.DisposeAsync().ConfigureAwait(false);
            await CloseFileAsync().ConfigureAwait(false);
        }

        return _requestedEnd < 0 ? RecordingEnd.TargetExited : (RecordingEnd)_requestedEnd;
    }

    private async Task CopyAsync()
    {
        byte[] buffer = new byte[CopyBytes];
        long written = 0;
        long checkedAt = Environment.TickCount64;
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
            if (Environment.TickCount64 - checkedAt < DiskCheckMs)
                continue;

            checkedAt = Environment.TickCount64;
            if (RecordingOutput.FreeBytes(_options.OutputFile) < _options.MinFreeBytes)
                RequestStop(RecordingEnd.DiskNearlyFull);
        }

        await _file.FlushAsync(CancellationToken.None).ConfigureAwait(false);
    }

    // A target that dies takes its end of the connection with it: that is an end of the recording, not an error.
    private async Task<int> ReadAsync(byte[] buffer)
    {
        try
        {
            int count = await _stream.Events.ReadAsync(buffer, _aborting.Token).ConfigureAwait(false);
            Interlocked.Exchange(ref _heardAt, Environment.TickCount64);
            return count;
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
                PortCommand.StopTracing, BitConverter.GetBytes(_stream.SessionId), _ended.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or PortException
            or OperationCanceledException or ObjectDisposedException or ChannelClosedException)
        {
            // The target is gone: its stream ends by itself.
        }
    }

    // A runtime that stops sends what it has, the list of its methods included, in steps of a tenth of a second.
    private async Task EndWhenSilentAsync()
    {
        while (!Completion.IsCompleted)
        {
            TimeSpan silence = TimeSpan.FromMilliseconds(Environment.TickCount64 - Interlocked.Read(ref _heardAt));
            if (silence >= _options.AnswerPatience)
            {
                EndAtOnce(RecordingEnd.TargetSilent);
                return;
            }

            await Task.WhenAny(Completion, Task.Delay(_options.AnswerPatience - silence)).ConfigureAwait(false);
        }
    }
}
