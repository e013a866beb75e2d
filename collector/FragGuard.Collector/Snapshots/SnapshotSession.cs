using System;
using System.Diagnostics.Tracing;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// Takes a snapshot of a running process: forces a full GC that stands all its threads still until it has listed every
/// object. Nothing else of the target changes.
/// </summary>
public static class SnapshotSession
{
    private const int BufferedBytes = 1 << 20;
    private const int FlushMegabytes = 16;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// Events reach us in batches, and the last batch only with the end of the session. The GC is over when the runtime
    /// answers: it runs while the session is made. Where the target waits for us instead of losing events it may be otherwise.
    /// </summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(300);

    private static readonly TraceProfile Snapshot = new("snapshot", "", [SnapshotFeed.Request], HasRundown: false);

    /// <summary>
    /// Each type is described once to all sessions of a process; a session that ends makes the runtime forget which, unless
    /// another one that lists types runs on (EventPipeDotNetHeapDumper.cs of dotnet/diagnostics).
    /// </summary>
    private static readonly TraceProfile Forgetting = new(
        "forget", "", [new ProviderRequest("Microsoft-DotNETCore-SampleProfiler", 0, EventLevel.Informational)], HasRundown: false);

    /// <exception cref="SessionException">No session could be made.</exception>
    /// <exception cref="SnapshotException">The snapshot is not complete, or too large.</exception>
    /// <exception cref="TracingException">The output file could not take the stream.</exception>
    public static async Task<ObjectSnapshot> TakeAsync(
        int processId, SnapshotOptions options, Action<SnapshotProgress>? progress = null, CancellationToken cancellation = default)
    {
        using RuntimePort port = TargetProcess.PortOf(processId);
        RecordingFile? file = options.OutputFile is { } path
            ? await RecordingFile.OpenAsync(path, cancellation).ConfigureAwait(false)
            : null;
        try
        {
            await ForgetTypesAsync(port, options.Patience, cancellation).ConfigureAwait(false);
            SnapshotStream snapshot = await ReceiveAsync(port, options, file, progress, cancellation).ConfigureAwait(false);
            RuntimeIdentity? identity = await RuntimeIdentity.TryAskAsync(processId).ConfigureAwait(false);
            return await Task.Run(() => snapshot.Build(identity?.RuntimeVersion), cancellation).ConfigureAwait(false);
        }
        finally
        {
            file?.Close();
        }
    }

    private static async Task ForgetTypesAsync(RuntimePort port, TimeSpan patience, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(patience);
        (ulong id, Stream events, _) = await StartAsync(port, Forgetting, FlushMegabytes, limit.Token, cancellation).ConfigureAwait(false);
        await using (events.ConfigureAwait(false))
        {
            Task stop = StopAsync(port, id, limit.Token);
            await TargetProcess.TalkAsync(
                port.ProcessId,
                async () =>
                {
                    await events.CopyToAsync(Stream.Null, limit.Token).ConfigureAwait(false);
                    await stop.ConfigureAwait(false);
                    return true;
                },
                cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<SnapshotStream> ReceiveAsync(
        RuntimePort port, SnapshotOptions options, RecordingFile? file, Action<SnapshotProgress>? progress,
        CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(options.Patience);
        (ulong id, Stream events, bool isLossless) = await StartAsync(
            port, Snapshot, options.BufferMegabytes, limit.Token, cancellation).ConfigureAwait(false);
        TimeSpan quiet = isLossless ? options.Patience / 2 : Quiet;
        await using (events.ConfigureAwait(false))
        {
            SnapshotStream snapshot = new(options.Limits);
            using CancellationTokenSource giveUp = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using ArrivingStream arriving = new(events, file?.Begin(), giveUp.Token);
            Task reading = Task.Factory.StartNew(
                () => Read(arriving, snapshot, options, giveUp.Token), CancellationToken.None,
                TaskCreationOptions.LongRunning, TaskScheduler.Default);
            Task? stop = null;
            while (await Task.WhenAny(reading, Task.Delay(LookInterval, CancellationToken.None)).ConfigureAwait(false) != reading)
            {
                progress?.Invoke(new SnapshotProgress(arriving.ReceivedBytes, snapshot.Objects, IsReceived: false));
                if (stop is null && (snapshot.IsComplete || arriving.Silence > quiet))
                    stop = StopAsync(port, id, giveUp.Token);
                if (arriving.Silence > options.Patience)
                    await giveUp.CancelAsync().ConfigureAwait(false);
            }

            progress?.Invoke(new SnapshotProgress(arriving.ReceivedBytes, snapshot.Objects, IsReceived: true));
            await FinishAsync(reading, port.ProcessId, options, cancellation).ConfigureAwait(false);
            await giveUp.CancelAsync().ConfigureAwait(false);
            if (stop is not null)
                await stop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return snapshot.IsComplete ? snapshot : throw Incomplete(port.ProcessId, snapshot);
        }
    }

    private static void Read(
        ArrivingStream arriving, SnapshotStream snapshot, SnapshotOptions options, CancellationToken cancellation)
    {
        using BufferedStream buffered = new(arriving, BufferedBytes);
        try
        {
            snapshot.Read(buffered, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TracingException(
                $"The snapshot broke off after {arriving.ReceivedBytes} bytes: {exception.Message}", options.OutputFile ?? "", exception);
        }
        catch (RecordingFormatException)
        {
            // The target ended before it sent anything: there is no snapshot, which is said elsewhere.
        }
    }

    private static async Task FinishAsync(Task reading, int processId, SnapshotOptions options, CancellationToken cancellation)
    {
        try
        {
            await reading.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new SnapshotException(FormattableString.Invariant(
                $"Process {processId} sent nothing for {options.Patience.TotalSeconds:0.#} seconds; --timeout waits longer."));
        }
    }

    private static SnapshotException Incomplete(int processId, SnapshotStream snapshot) => snapshot.Objects == 0
        ? new SnapshotException(
            $"Process {processId} listed no object: it ended meanwhile, or its runtime cannot list its heap (.NET 8 and later can).")
        : new SnapshotException(FormattableString.Invariant(
            $"The end of the snapshot is missing after {snapshot.Objects:N0} objects: process {processId} ended meanwhile, or its buffer was full (--buffersize)."));

    private static Task<EventStream> StartAsync(
        RuntimePort port, TraceProfile profile, int bufferMegabytes, CancellationToken limit, CancellationToken cancellation) =>
        TargetProcess.TalkAsync(
            port.ProcessId, () => EventStreamRequest.StartAsync(port, profile, bufferMegabytes, wantsLossless: true, limit), cancellation);

    // The answer comes when the session is flushed, which needs the stream to be read meanwhile.
    private static async Task StopAsync(RuntimePort port, ulong sessionId, CancellationToken cancellation)
    {
        try
        {
            await port.AskAsync(PortCommand.StopTracing, BitConverter.GetBytes(sessionId), cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or SocketException or PortException or OperationCanceledException)
        {
            // The target is gone: its stream ends by itself.
        }
    }
}
