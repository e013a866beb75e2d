using System;
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

    // A runtime sends a block of 100 KiB in about ten pieces, and who reads each as it comes wakes for each, at the expense of the
    // sender too. A socket of Linux holds 200 KiB, so that pauses let almost 200 MB/s through. Those of other systems hold less.
    private const int FewBytes = 64 * 1024;
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(1);

    private readonly RuntimePort _port;
    private readonly EventStream _stream;
    private readonly RecordingOptions _options;
    private readonly FileStream _file;
    private readonly LiveAnalysis _live;
    private readonly CancellationTokenSource _aborting = new();
    private readonly CancellationTokenSource _ended = new();
    private int _requestedEnd = -1;
    private long _heardAt;
    private long _diskCheckedAt = Environment.TickCount64;

    public RecordingLoop(
        RuntimePort port, EventStream stream, RecordingOptions options, FileStream file, LiveAnalysis live)
    {
        _port = port;
        _stream = stream;
        _options = options;
        _file = file;
        _live = live;

        // What is recorded first may already ask for the end.
        Task<RecordingEnd> recording = new(Record, CancellationToken.None, TaskCreationOptions.LongRunning);
        Completion = recording;
        recording.Start(TaskScheduler.Default);
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

    private RecordingEnd Record()
    {
        try
        {
            using CancellationTokenRegistration aborting = _aborting.Token.Register(EndConnection);
            Copy();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TracingException(
                $"The recording broke off after {_live.Figures.RecordedBytes} bytes: {exception.Message}",
                _options.OutputFile, exception);
        }
        finally
        {
            _ended.Cancel();
            _stream.Events.Dispose();
            CloseFile();
        }

        return _requestedEnd < 0 ? RecordingEnd.TargetExited : (RecordingEnd)_requestedEnd;
    }

    private void Copy()
    {
        byte[] buffer = new byte[CopyBytes];
        long written = 0;
        while (true)
        {
            int count = Read(buffer);
            if (count == 0)
                break;

            _file.Write(buffer.AsSpan(0, count));
            _live.Feed(buffer.AsSpan(0, count));
            written += count;
            if (written >= _options.MaxBytes)
                RequestStop(RecordingEnd.MaxBytesReached);
            StopWhenDiskIsNearlyFull();
            if (count < FewBytes && OperatingSystem.IsLinux())
                Thread.Sleep(Gathering);
        }

        _file.Flush();
    }

    private void StopWhenDiskIsNearlyFull()
    {
        if (Environment.TickCount64 - _diskCheckedAt < DiskCheckMs)
            return;

        _diskCheckedAt = Environment.TickCount64;
        if (RecordingDisk.FreeBytes(_options.OutputFile) < _options.MinFreeBytes)
            RequestStop(RecordingEnd.DiskNearlyFull);
    }

    // A target that dies takes its end of the connection with it: that is an end of the recording, not an error.
    private int Read(byte[] buffer)
    {
        try
        {
            int count = _stream.Events is RuntimeConnection connection && !_aborting.IsCancellationRequested
                ? connection.Read(buffer)
                : _stream.Events.ReadAsync(buffer, _aborting.Token).AsTask().GetAwaiter().GetResult();
            Interlocked.Exchange(ref _heardAt, Environment.TickCount64);
            return count;
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            return 0;
        }
    }

    private void EndConnection() => (_stream.Events as RuntimeConnection)?.End();

    private void CloseFile()
    {
        try
        {
            _file.Dispose();
        }
        catch (IOException)
        {
            // The disk is full: the writes before have said so.
        }
    }

    private async Task StopAfterAsync(TimeSpan duration)
    {
        await Countdown.WaitAsync(duration, Completion, TimeProvider.System).ConfigureAwait(false);
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
