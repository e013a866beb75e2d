using System.IO;
using System.Threading;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Events;
using FragGuard.Collector.Feeds;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;
using FragGuard.Collector.Streams;

namespace FragGuard.Collector.Recordings;

/// <summary>Reads a .nettrace file in one pass.</summary>
public static class RecordingReader
{
    // Blocks are read whole, into the buffer they stay in.
    private const int SmallReadBytes = 1 << 12;

    /// <exception cref="RecordingFormatException">The file is no recording.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordedRun Read(string file, CancellationToken cancellation = default) =>
        Read(file, ReadingOptions.Default, cancellation);

    /// <exception cref="RecordingFormatException">The file is no recording.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RecordedRun Read(string file, ReadingOptions options, CancellationToken cancellation = default)
    {
        using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, SmallReadBytes);
        return Read(stream, file, options, cancellation);
    }

    /// <param name="file">What the recording is called in errors.</param>
    internal static RecordedRun Read(
        Stream stream, string file, ReadingOptions options, CancellationToken cancellation = default)
    {
        StackTable stacks = new();
        MethodMap methods = new();
        GcLog gcs = new();
        AllocationSources sources = new();
        LargeObjectLog objects = new(sources);
        HeapState heap = new();
        SampledObjects samples = new(new AllocationSources());
        PinLog pins = new();
        HeapMoments moments = new(heap, samples, objects);
        HeapWatch watch = new(heap, objects, samples, pins, moments, gcs);
        PoolLog pools = new();
        ArrayBirths births = new();
        CacheLog caches = new();
        StreamLog streams = new();
        MemoryPoolLog memoryPools = new();

        EventRouter router = new();
        TargetFeed target = new(router);
        _ = new MethodFeed(router, methods);
        _ = new GcFeed(router, gcs);
        if (options.PredictsGcs)
            _ = new OutlookFeed(router, new GcOutlook(heap, gcs));
        _ = new AllocationFeed(router, objects, stacks);
        _ = new SampleFeed(router, samples, stacks, births);
        _ = new PinFeed(router, pins);
        _ = new SurvivalFeed(router, watch);
        _ = new ArrayPoolFeed(router, pools, stacks, births);
        _ = new CacheFeed(router, caches, stacks);
        _ = new RecyclableStreamFeed(router, streams, stacks);
        _ = new MemoryPoolFeed(router, memoryPools);
        ReadingState reading = new();
        Read(stream, file, router, reading, cancellation);
        using SiteResolver resolver = new(stacks, methods, new SymbolFolders(options.SymbolFolders));
        sources.Resolve(resolver);
        PoolView view = new(
            target.SawStart && reading.EventsLost == 0, reading.Processors, target.PointerBytes, options.PoolSettings);
        return new RecordedRun
        {
            Target = target.Build(reading),
            SawStart = target.SawStart,
            DurationMs = reading.LastMs,
            EventsRead = reading.Events,
            EventsLost = reading.EventsLost,
            Damage = reading.Damage,
            Collections = options.PredictsGcs ? GcOutlook.Kept(gcs.Build(), reading.EventsLost) : gcs.Build(),
            CollectionTotals = gcs.Totals,
            LargeObjects = objects.Build(),
            Heap = new HeapHistoryBuilder(moments, samples, pins, sources).Build(resolver),
            Pools = pools.BuildUses(resolver, reading.LastMs, view),
            RentSites = pools.BuildSites(resolver),
            RentCallers = pools.BuildCallers(resolver),
            ReturnSites = pools.BuildReturnSites(resolver),
            ReturnCallers = pools.BuildReturnCallers(resolver),
            Caches = caches.Build(resolver),
            Streams = streams.Build(resolver),
            MemoryPools = memoryPools.Build(target.SawStart),

            // What building left out counts too.
            Omissions = Omissions.Of(reading, stacks, methods, pins, pools, memoryPools, caches, streams),
        };
    }

    private static void Read(
        Stream stream, string file, EventRouter router, ReadingState reading, CancellationToken cancellation)
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
