using System.Threading;
using Microsoft.Diagnostics.Tracing;

namespace FragGuard.Collector.Recordings;

/// <summary>Counts events while they are read, and stops the reading when asked.</summary>
internal sealed class EventCount
{
    private readonly TraceEventDispatcher _source;
    private readonly CancellationToken _cancellation;

    public EventCount(TraceEventDispatcher source, CancellationToken cancellation)
    {
        _source = source;
        _cancellation = cancellation;
        source.AllEvents += OnEvent;
    }

    public long Events { get; private set; }

    /// <summary>Time of the latest event, since the recording started.</summary>
    public double LastMs { get; private set; }

    private void OnEvent(TraceEvent data)
    {
        Events++;
        if (data.TimeStampRelativeMSec > LastMs)
            LastMs = data.TimeStampRelativeMSec;
        if (_cancellation.IsCancellationRequested)
            _source.StopProcessing();
    }
}
