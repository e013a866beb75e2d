using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;

namespace FragGuard.Collector.Feeds;

/// <summary>A named set of feeds.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Summary">One line on what it shows.</param>
/// <param name="Requests">What to enable in .NET 10 and later, one entry per provider.</param>
/// <param name="HasRundown">
/// Whether events carry stacks, and the runtime lists all its methods at the end, which names the stacks of an attached
/// target. The one is worth nothing without the other.
/// </param>
public sealed record TraceProfile(
    string Name, string Summary, IReadOnlyList<ProviderRequest> Requests, bool HasRundown)
{
    private const int FirstRuntimeWithSamples = 10;
    private const int FirstRuntimeWithMemoryPools = 10;
    private const long SampledAllocations = 0x80000000000;
    private const long Types = 0x80000;
    private const long Handles = 0x2;

    /// <summary>
    /// Events of the GC keyword that no feed reads: end of suspension and begin of resumption, finalizers, what asked for a
    /// GC, and bytes marked by kind of root. Of the events of an idle allocator's GCs they are half.
    /// </summary>
    private static readonly int[] UnreadOfGc = [7, 8, 13, 14, 35, 202];

    /// <summary>At level Verbose also: each finalized object, a method before it is compiled and the memory for its code.</summary>
    private static readonly int[] UnreadOfVerbose = [7, 8, 13, 14, 29, 35, 145, 146, 202];

    private static readonly ProviderRequest[] Pools =
    [
        ArrayPoolFeed.Request(EventLevel.Informational), CacheFeed.Request,
        RecyclableStreamFeed.Request(EventLevel.Informational), MemoryPoolFeed.Request,
    ];

    /// <summary>All profiles, by name.</summary>
    public static IReadOnlyList<TraceProfile> All { get; } =
    [
        new(
            "full", "All of layout, with pins, GC handles, types, every rent and return of array pools, and the site of each.",
            [
                RuntimeOf(
                    GcFeed.Keywords | SampledAllocations | SurvivalFeed.Keywords | MethodFeed.Keywords | Types | Handles,
                    EventLevel.Verbose),
                ArrayPoolFeed.Request(EventLevel.Verbose), CacheFeed.Request,
                RecyclableStreamFeed.Request(EventLevel.Verbose), MemoryPoolFeed.Request,
            ],
            HasRundown: true),
        new(
            "heap", "GCs, the size and free space of each generation, and a sample of all allocations by type.",
            [RuntimeOf(GcFeed.Keywords | SampledAllocations, EventLevel.Informational)],
            HasRundown: false)
        {
            OlderRequests = [RuntimeOf(GcFeed.Keywords, EventLevel.Verbose)],
        },
        new(
            "layout", "All of heap, with what every GC leaves alive, what it moves, and where each generation lies.",
            [RuntimeOf(GcFeed.Keywords | SampledAllocations | SurvivalFeed.Keywords, EventLevel.Informational)],
            HasRundown: false)
        {
            OlderRequests = [RuntimeOf(GcFeed.Keywords | SurvivalFeed.Keywords, EventLevel.Verbose)],
        },
        new(
            "pools",
            "GCs, what array pools miss, drop and trim, with sampled allocations that name their elements, recyclable streams, "
                + "memory pools of ASP.NET Core and instrumented caches.",
            [RuntimeOf(GcFeed.Keywords | SampledAllocations, EventLevel.Informational), .. Pools],
            HasRundown: false)
        {
            OlderRequests = [RuntimeOf(GcFeed.Keywords, EventLevel.Informational), .. Pools],
        },
        new(
            "run", "What a verdict on a run needs: GCs, large objects, rents and caches with their sites.",
            [
                RuntimeOf(GcFeed.Keywords | SurvivalFeed.Keywords | MethodFeed.Keywords, EventLevel.Verbose),
                ArrayPoolFeed.Request(EventLevel.Verbose), CacheFeed.Request,
                RecyclableStreamFeed.Request(EventLevel.Verbose), MemoryPoolFeed.Request,
            ],
            HasRundown: true),
    ];

    /// <summary>What a full verdict on a run needs: GCs, large objects with lifetimes, pools and caches with stacks.</summary>
    public static TraceProfile Run => ByName("run");

    /// <summary>What to enable in runtimes before .NET 10, where it differs from <see cref="Requests"/>; null otherwise.</summary>
    public IReadOnlyList<ProviderRequest>? OlderRequests { get; init; }

    /// <summary>Whether it asks for memory pools of ASP.NET Core.</summary>
    public bool HasMemoryPools => Requests.Any(IsOfMemoryPools);

    /// <summary>What to enable in a runtime.</summary>
    /// <param name="runtime">First number of its version.</param>
    /// <param name="mayServe">Whether the program may have memory pools of ASP.NET Core: no other is asked for them.</param>
    public IReadOnlyList<ProviderRequest> RequestsOn(int runtime, bool mayServe)
    {
        IReadOnlyList<ProviderRequest> requests = runtime < FirstRuntimeWithSamples ? OlderRequests ?? Requests : Requests;
        return mayServe && runtime >= FirstRuntimeWithMemoryPools
            ? requests
            : [.. requests.Where(static request => !IsOfMemoryPools(request))];
    }

    /// <exception cref="ArgumentException">No such profile; the message lists the known ones.</exception>
    public static TraceProfile ByName(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"Unknown profile '{name}'; there are {string.Join(", ", All.Select(profile => profile.Name))}.", nameof(name));

    private static bool IsOfMemoryPools(ProviderRequest request) =>
        string.Equals(request.Provider, MemoryPoolFeed.Provider, StringComparison.Ordinal);

    private static ProviderRequest RuntimeOf(long keywords, EventLevel level) => new(RuntimeEvents.Provider, keywords, level)
    {
        Denied = level == EventLevel.Verbose ? UnreadOfVerbose : UnreadOfGc,
    };
}
