using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Tests.Findings;

/// <summary>Recorded runs made by hand, with only what a judge looks at.</summary>
internal static class Runs
{
    public const string File = "/src/Cache.cs";

    public static RecordedRun Empty { get; } = new()
    {
        Target = new RecordedTarget(1, "app", "10.0.0", "Linux", "x64", 2),
        DurationMs = 1_000,
        EventsRead = 1_000,
        EventsLost = 0,
        Collections = [],
        LargeObjects = new LargeObjectHistory
        {
            Trace = new AllocationTrace([]),
            Births = 0,
            BirthBytes = 0,
            InferredBirths = 0,
            InferredBirthBytes = 0,
            Deaths = 0,
            AllocatedBytes = 0,
            Coverage = 1,
            UnknownLifetimeRatio = 0,
        },
        Pools = [],
        RentSites = [],
        Caches = [],
    };

    public static RunEvidence Evidence(RecordedRun run) => new(run, SteadyState.Summarize(run.Collections));

    /// <summary>Full GCs with the given large-object sizes and free bytes.</summary>
    public static RecordedGc[] FullGcs(params (long LohBytes, long FreeBytes)[] gcs) => gcs
        .Select((gc, index) => Gc(index, 2, gc.LohBytes, gc.FreeBytes)).ToArray();

    public static RecordedGc Gc(int number, int generation, long lohBytes, long freeBytes) => new(
        number, generation, GcKind.Blocking, "AllocLarge", number * 100, 1, IsCompacting: false, IsComplete: true,
        default, default, default, new GenerationMeasure(lohBytes, lohBytes, 0, freeBytes, 0), default, 0);

    public static CacheUse Cache(int line, long stored) => new(
        "pages", stored, 0, stored, 0, stored, 0, 90_000, 900_000,
        new Dictionary<string, long>(StringComparer.Ordinal), [],
        [new StoreSite(new AllocationSite("Store", File, line), stored, stored * 1_000, 90_000, 900_000)]);

    public static RentSite Rent(int line, long rents, long returned, long length = 4_096) => new(
        new AllocationSite("Render", File, line, null, 10, 20), 1, length, rents, returned, rents - returned)
    {
        LastRentMs = 900,
    };

    public static PoolUse Pool(bool knowsRents = true) => new()
    {
        PoolId = 1,
        Kind = PoolKind.Shared,
        Element = PoolElement.Unknown,
        Length = 4_096,
        KnowsRents = knowsRents,
        Rented = knowsRents ? 10 : null,
        Returned = knowsRents ? 10 : null,
        ReturnedUnseen = knowsRents ? 0 : null,
        Outstanding = knowsRents ? 0 : null,
        Unfollowed = 0,
        AllocatedPooled = 0,
        AllocatedOverMaximumSize = 0,
        AllocatedPoolExhausted = 1,
        DroppedFull = 0,
        DroppedOverMaximumSize = 0,
        Trimmed = 0,
        IdleAtLeast = 0,
        IdleAtMost = null,
        Bound = PoolBound.Unknown,
        Timeline = [],
    };

    /// <summary>A finding at line 12 of <see cref="File"/>, as the compiler's file carries it.</summary>
    public static Finding Finding(string rule, params (string Name, string Value)[] properties) => new(
        rule, "warning", "found", File, 12, null,
        properties.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.Ordinal));

    /// <summary>Large objects of 100,000 bytes: a site for each entry, with its line, births and how many of them died.</summary>
    public static LargeObjectHistory Births(params (int Line, int Births, int Deaths)[] sites)
    {
        List<AllocationEvent> events = [];
        for (int i = 0; i < sites.Length; i++)
        {
            int first = events.Count;
            for (int id = 0; id < sites[i].Births; id++)
                events.Add(new AllocationEvent(AllocationEventKind.Allocate, first + id, 100_000, Site: i));
            for (int id = 0; id < sites[i].Deaths; id++)
                events.Add(new AllocationEvent(AllocationEventKind.Free, first + id));
        }

        return Empty.LargeObjects with
        {
            Trace = new AllocationTrace(
                events, [.. sites.Select(one => new AllocationSite("Render", File, one.Line, "System.Byte[]", one.Line, one.Line))]),
            Births = sites.Sum(one => one.Births),
            Deaths = sites.Sum(one => one.Deaths),
            BirthBytes = sites.Sum(one => one.Births) * 100_024L,
            AllocatedBytes = sites.Sum(one => one.Births) * 100_024L,
        };
    }
}
