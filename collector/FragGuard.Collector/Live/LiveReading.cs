using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using System.Threading.Tasks;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Live;

/// <summary>Decodes a stream of events as it arrives, on a thread of its own, in memory that does not grow with time.</summary>
internal sealed class LiveReading : IDisposable
{
    private readonly Lock _gate = new();
    private readonly ReadingState _state = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly CancellationTokenSource _end = new();
    private readonly LiveStream _stream;
    private readonly LiveWatch _watch;

    public LiveReading(Stream events, TraceProfile profile, RecordingCopy? copy)
    {
        _stream = new LiveStream(events, _gate, copy, _end.Token);
        _watch = new LiveWatch(profile, _state);
        Completion = Task.Factory.StartNew(
            Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Completes when the stream has ended; with what was wrong with it, or null.</summary>
    public Task<string?> Completion { get; }

    public LiveMoment Look()
    {
        lock (_gate)
            return _watch.Look(_clock.Elapsed);
    }

    /// <summary>Reads no further.</summary>
    public void End() => _end.Cancel();

    /// <summary>After <see cref="Completion"/>.</summary>
    public void Dispose()
    {
        _end.Dispose();
        _stream.Dispose();
    }

    // Whoever takes the stream away cuts it somewhere; only what makes no sense before that is damage.
    private string? Read()
    {
        lock (_gate)
        {
            try
            {
                NettraceReader.Read(_stream, _watch.Router, _state);
                return _stream.IsAtEnd ? null : _state.Damage;
            }
            catch (RecordingFormatException exception)
            {
                return _stream.IsAtEnd ? null : exception.Message;
            }
            finally
            {
                _clock.Stop();
            }
        }
    }
}
