using System.IO;
using System.Threading;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Recordings;

/// <summary>Reads a .nettrace file in one pass.</summary>
public static class RecordingReader
{
    /// <exception cref="RecordingFormatException">The file is no recording.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordedRun Read(string file, CancellationToken cancellation = default)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 1 << 16);
        StackTable stacks = new();
        MethodMap methods = new();
        GcLog gcs = new();
        LargeObjectSources sources = new();
        LargeObjectLog objects = new(sources);
        HeapState heap = new();
        HeapWatch watch = new(heap, objects, gcs);
        PoolLog pools = new();
        CacheLog caches = new();

        EventRouter router = new();
        TargetFeed target = new(router);
        _ = new MethodFeed(router, methods);
        _ = new GcFeed(router, gcs);
        _ = new AllocationFeed(router, objects, stacks);
        _ = new SurvivalFeed(router, watch);
        _ = new ArrayPoolFeed(router, pools, stacks);
        _ = new CacheFeed(router, caches, stacks);
        ReadingState reading = new();
        Read(stream, file, router, reading, cancellation);
        using SiteResolver resolver = new(stacks, methods);
        sources.Resolve(resolver);
        return new RecordedRun
        {
            Target = target.Build(reading),
            DurationMs = reading.LastMs,
            EventsRead = reading.Events,
            EventsLost = reading.EventsLost,
            Damage = reading.Damage,
            Omissions = Omissions.Of(reading, stacks, methods, pools, caches),
            Collections = gcs.Build(),
            LargeObjects = objects.Build(),
            LohLayouts = [],
            Pools = pools.BuildUses(),
            RentSites = pools.BuildSites(resolver),
            Caches = caches.Build(resolver),
        };
    }

    private static void Read(
        FileStream stream, string file, EventRouter router, ReadingState reading, CancellationToken cancellation)
    {
        try
        {
            NettraceReader.Read(stream, router, reading, cancellation);
        }
        catch (RecordingFormatException exception)
        {
            throw new RecordingFormatException($"'{file}' {exception.Message}.", exception);
        }

        if (reading.Damage is { } damage && reading.Events == 0)
            throw new RecordingFormatException($"'{file}' holds no event: it {damage}.");
    }
}
