using System;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Diagnostics.Tracing;

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
    private readonly Task _reading;
    private long _recordedBytes;
    private long _events;
    private long _eventsLost;
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
        Interlocked.Read(ref _events),
        Interlocked.Read(ref _eventsLost),
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

    // A stream that ends without its end mark, or is no stream at all, ends the analysis like any other end.
    private void Read()
    {
        try
        {
            using EventPipeEventSource source = new(_pipe);
            source.Clr.GCStop += _ => Interlocked.Increment(ref _collections);
            source.Clr.GCHeapStats += data =>
            {
                long heapBytes = data.GenerationSize0 + data.GenerationSize1 + data.GenerationSize2
                    + data.GenerationSize3 + data.GenerationSize4;
                Interlocked.Exchange(ref _heapBytes, heapBytes);
                Interlocked.Exchange(ref _lohBytes, data.GenerationSize3);
                Interlocked.Exchange(ref _eventsLost, source.EventsLost);
            };
            source.AllEvents += _ => Interlocked.Increment(ref _events);
            source.Process();
            Interlocked.Exchange(ref _eventsLost, source.EventsLost);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            _pipe.Complete();
        }
    }
}
