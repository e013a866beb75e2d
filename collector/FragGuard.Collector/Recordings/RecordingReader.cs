using System;
using System.IO;
using System.Threading;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;
using Microsoft.Diagnostics.Tracing;
using Microsoft.Diagnostics.Tracing.Parsers;

namespace FragGuard.Collector.Recordings;

/// <summary>Reads a .nettrace file in one pass.</summary>
public static class RecordingReader
{
    /// <exception cref="RecordingFormatException">The file is no recording.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordedRun Read(string file, CancellationToken cancellation = default)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        using WholeObjects whole = WholeObjects.In(stream);
        using EventPipeEventSource source = Open(whole, file);
        StackTable stacks = new();
        MethodMap methods = new();
        GcLog gcs = new();
        LargeObjectSources sources = new();
        LargeObjectLog objects = new(sources);
        LargeObjectWatch watch = new(objects);
        PoolLog pools = new();
        CacheLog caches = new();

        ClrTraceEventParser runtime = source.Clr;
        TargetFeed target = new(source, runtime);
        _ = new MethodFeed(source, runtime, methods);
        _ = new GcFeed(runtime, gcs);
        _ = new AllocationFeed(runtime, objects, stacks);
        _ = new SurvivalFeed(runtime, watch);
        _ = new ArrayPoolFeed(source, pools, stacks);
        _ = new CacheFeed(source, caches, stacks);
        EventCount count = new(source, cancellation);

        bool isTruncated = Process(source) || whole.IsTruncated;
        if (isTruncated && count.Events == 0)
            throw NoRecording(file, inner: null);
        cancellation.ThrowIfCancellationRequested();
        using SiteResolver resolver = new(stacks, methods);
        sources.Resolve(resolver);
        return new RecordedRun
        {
            Target = target.Build(),
            DurationMs = count.LastMs,
            EventsRead = count.Events,
            EventsLost = source.EventsLost,
            IsTruncated = isTruncated,
            Collections = gcs.Build(),
            LargeObjects = objects.Build(),
            LohLayouts = watch.Build(sources),
            Pools = pools.BuildUses(),
            RentSites = pools.BuildSites(resolver),
            Caches = caches.Build(resolver),
        };
    }

    private static EventPipeEventSource Open(Stream stream, string file)
    {
        try
        {
            return new EventPipeEventSource(stream);
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            throw NoRecording(file, exception);
        }
    }

    // Whatever the decoder trips over in a damaged file, all whole blocks before it have been dispatched.
    private static bool Process(EventPipeEventSource source)
    {
        try
        {
            source.Process();
            return false;
        }
        catch (Exception exception) when (IsBroken(exception))
        {
            return true;
        }
    }

    // A damaged length can ask for more memory than there is.
    private static bool IsBroken(Exception exception) =>
        exception is EndOfStreamException or not (IOException or OperationCanceledException);

    private static RecordingFormatException NoRecording(string file, Exception? inner) =>
        new($"'{file}' is no .nettrace recording, or ends before its first event.", inner);
}
