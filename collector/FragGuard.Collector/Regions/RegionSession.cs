using System;
using System.Diagnostics;
using System.IO;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Live;
using FragGuard.Collector.Sessions;
using FragGuard.Collector.Sessions.Ports;

namespace FragGuard.Collector.Regions;

/// <summary>
/// Watches a process until a GC has told where its generations lie. Sets no GC off unless asked; its buffer in the target
/// is small.
/// </summary>
public static class RegionSession
{
    private const int BufferMegabytes = 4;
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    /// <summary>Regions of the first GC that ends in that time, or of the last that was set off, and the runtime's counters.</summary>
    /// <param name="processId">A .NET process.</param>
    /// <param name="patience">How long to wait for a GC.</param>
    /// <param name="isForcing">Whether to set off a full blocking GC.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="SessionException">No session could be made.</exception>
    public static async Task<GcAnswer> WatchAsync(
        int processId, TimeSpan patience, bool isForcing, CancellationToken cancellation = default)
    {
        using RuntimePort port = TargetProcess.PortOf(processId);
        Stopwatch clock = Stopwatch.StartNew();
        EventStream stream = await TalkAsync(
            port, limit => StartAsync(port, RegionFeed.Profile, limit), patience, cancellation).ConfigureAwait(false);
        await using (stream.Events.ConfigureAwait(false))
            return await ReadAsync(port, stream, clock, patience, isForcing, cancellation).ConfigureAwait(false);
    }

    private static async Task<GcAnswer> ReadAsync(
        RuntimePort port, EventStream stream, Stopwatch clock, TimeSpan patience, bool isForcing, CancellationToken cancellation)
    {
        Lock gate = new();
        EventRouter router = new();
        RegionFeed feed = new(router);
        HeapCounterFeed counters = new(router);
        using CancellationTokenSource end = new();
        using LiveStream events = new(stream.Events, gate, copy: null, end.Token);
        Task reading = Task.Factory.StartNew(
            () => Read(events, gate, router), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Task awaited = isForcing
            ? TalkAsync(port, limit => ForceAsync(port, limit), patience, cancellation)
            : AwaitRegionsAsync(reading, () => HasRegions(feed, gate), patience, cancellation);
        await awaited.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        Task stopping = StopAsync(port, stream.SessionId, end.Token);
        await Task.WhenAny(reading, Task.Delay(StopPatience, CancellationToken.None)).ConfigureAwait(false);
        await end.CancelAsync().ConfigureAwait(false);
        await reading.ConfigureAwait(false);
        await stopping.ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        await awaited.ConfigureAwait(false);
        return new GcAnswer(
            feed.Last is { } last ? new RegionsAfterGc(last.Gc, Age(clock.Elapsed, last.EndMs), last.Regions) : null, counters.Last);
    }

    private static async Task AwaitRegionsAsync(
        Task reading, Func<bool> hasRegions, TimeSpan patience, CancellationToken cancellation)
    {
        Stopwatch clock = Stopwatch.StartNew();
        while (!reading.IsCompleted && clock.Elapsed < patience && !cancellation.IsCancellationRequested && !hasRegions())
            await Task.WhenAny(reading, Task.Delay(LookInterval, CancellationToken.None)).ConfigureAwait(false);
    }

    // Before .NET 10 the end of this session sets off another GC, so it is not the one that watches. Its start and its end are
    // answered when the GC is over.
    private static async Task<bool> ForceAsync(RuntimePort port, CancellationToken limit)
    {
        EventStream forcing = await StartAsync(port, RegionFeed.Forcing, limit).ConfigureAwait(false);
        await using (forcing.Events.ConfigureAwait(false))
        {
            Task stopping = StopAsync(port, forcing.SessionId, limit);
            await forcing.Events.CopyToAsync(Stream.Null, limit).ConfigureAwait(false);
            await stopping.ConfigureAwait(false);
        }

        return true;
    }

    private static Task<EventStream> StartAsync(RuntimePort port, TraceProfile profile, CancellationToken limit) =>
        EventStreamRequest.StartAsync(port, profile, BufferMegabytes, wantsLossless: false, limit);

    private static async Task<T> TalkAsync<T>(
        RuntimePort port, Func<CancellationToken, Task<T>> talk, TimeSpan patience, CancellationToken cancellation)
    {
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(AnswerPatience + patience);
        return await TargetProcess.TalkAsync(port.ProcessId, () => talk(limit.Token), cancellation).ConfigureAwait(false);
    }

    private static bool HasRegions(RegionFeed feed, Lock gate)
    {
        lock (gate)
            return feed.Last is not null;
    }

    // The times of events count from the session's start, which is after that of our clock.
    private static TimeSpan Age(TimeSpan elapsed, double endMs) =>
        double.IsFinite(endMs) && endMs >= 0 && endMs < elapsed.TotalMilliseconds
            ? elapsed - TimeSpan.FromMilliseconds(endMs)
            : TimeSpan.Zero;

    private static void Read(LiveStream events, Lock gate, EventRouter router)
    {
        lock (gate)
        {
            try
            {
                NettraceReader.Read(events, router, new ReadingState());
            }
            catch (RecordingFormatException)
            {
                // The target ended, or sends what is no stream: then there are no regions, or those told before.
            }
        }
    }

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
