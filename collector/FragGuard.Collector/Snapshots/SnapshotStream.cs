using System.IO;
using System.Linq;
using System.Threading;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;

namespace FragGuard.Collector.Snapshots;

/// <summary>A .nettrace stream that holds a snapshot.</summary>
internal sealed class SnapshotStream
{
    private readonly SnapshotDraft _draft;
    private readonly EventRouter _router = new();
    private readonly ReadingState _reading = new();
    private readonly GcLog _gcs = new();
    private readonly TargetFeed _target;
    private RecordedGc? _gc;

    public SnapshotStream(SnapshotLimits limits)
    {
        _draft = new SnapshotDraft(limits);
        _target = new TargetFeed(_router);
        _ = new GcFeed(_router, _gcs);
        _ = new SnapshotFeed(_router, _draft);
        _router.On(RuntimeEvents.Provider, RuntimeEvents.RestartEnd, OnResumed);
    }

    /// <summary>Whether all of the snapshot was read; the stream may go on.</summary>
    public bool IsComplete => _draft.IsComplete;

    /// <summary>Objects read so far.</summary>
    public int Objects => _draft.Objects.Count;

    public void Read(Stream stream, CancellationToken cancellation) =>
        NettraceReader.Read(stream, _router, _reading, cancellation);

    /// <param name="runtimeVersion">The version of the runtime, where it is known from elsewhere.</param>
    /// <exception cref="SnapshotException">There is none.</exception>
    public ObjectSnapshot Build(string? runtimeVersion = null)
    {
        if (_draft.Objects.Count == 0)
        {
            throw new SnapshotException(
                "The recording holds no heap snapshot: those are made by 'heap --output', or with the runtime's GCHeapSnapshot keywords.");
        }

        RecordedTarget target = _target.Build(_reading);
        if (runtimeVersion is not null)
            target = target with { RuntimeVersion = runtimeVersion };
        RecordedGc? gc = _gc ?? _gcs.Build().FirstOrDefault(one => one.Number == _draft.GcNumber);
        return new SnapshotBuilder(_draft, _reading, target, gc).Build();
    }

    /// <summary>By now all is known of the GC, and a log of many GCs has not dropped it yet.</summary>
    private void OnResumed(in RecordedEvent recorded)
    {
        if (_draft.IsComplete)
            _gc ??= _gcs.Find(_draft.GcNumber);
    }
}
