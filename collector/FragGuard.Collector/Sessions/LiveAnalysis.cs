using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Sessions;

/// <summary>
/// Counts what flows into a recording, on a thread of its own. It may fall behind or fail on a hostile stream; the
/// recording never notices.
/// </summary>
internal sealed class LiveAnalysis : IDisposable
{
    private const int MaxQueuedBytes = 32 << 20;

    private readonly LivePipe _pipe = new(MaxQueuedBytes);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly ReadingState _state = new();
    private readonly Task _reading;
    private long _recordedBytes;
    private int _collections;
    private long _heapBytes;
    private long _lohBytes;
    private volatile bool _isIncomplete;

    public LiveAnalysis() =>
        _reading = Task.Factory.StartNew(
            Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    public LiveFigures Figures => new(
        _clock.Elapsed,
        Interlocked.Read(ref _recordedBytes),
        _state.Events,
        _state.EventsLost,
        Volatile.Read(ref _collections),
        Interlocked.Read(ref _heapBytes),
        Interlocked.Read(ref _lohBytes),
        !_isIncomplete);

    public void Feed(ReadOnlySpan<byte> bytes)
    {
        Interlocked.Add(ref _recordedBytes, bytes.Length);
        if (_isIncomplete || _pipe.TryAdd(bytes))
            return;

        _isIncomplete = true;
        _pipe.Complete();
    }

    /// <summary>Lets the analysis finish what it has, for a moment at most.</summary>
    public async Task CompleteAsync(TimeSpan patience)
    {
        _pipe.Complete();
        await Task.WhenAny(_reading, Task.Delay(patience)).ConfigureAwait(false);
        _clock.Stop();
    }

    public void Dispose() => _pipe.Dispose();

    // A stream that is damaged, or is no stream at all, ends the analysis; the recording goes on.
    private void Read()
    {
        try
        {
            EventRouter router = new();
            router.On(RuntimeEvents.Provider, RuntimeEvents.GcEnd, (in RecordedEvent _) => Interlocked.Increment(ref _collections));
            router.On(RuntimeEvents.Provider, RuntimeEvents.HeapStats, OnHeapStats);
            NettraceReader.Read(_pipe, router, _state);
            if (_state.Damage is null)
                return;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The figures say that they are not complete.
        }

        _isIncomplete = true;
        _pipe.Complete();
    }

    private void OnHeapStats(in RecordedEvent recorded)
    {
        HeapSizes sizes = HeapSizes.Read(recorded);
        Interlocked.Exchange(ref _heapBytes, sizes.TotalBytes);
        Interlocked.Exchange(ref _lohBytes, sizes.LohBytes);
    }
}
