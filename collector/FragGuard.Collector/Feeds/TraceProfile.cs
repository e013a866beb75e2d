using System;
using System.Collections.Generic;
using System.Diagnostics.Tracing;
using System.Linq;

namespace FragGuard.Collector.Feeds;

/// <summary>A named set of feeds.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Summary">One line on what it shows and costs.</param>
/// <param name="Requests">What to enable, one entry per provider.</param>
/// <param name="HasRundown">Whether the runtime lists all its methods at the end, which names the stacks of an attached target.</param>
public sealed record TraceProfile(
    string Name, string Summary, IReadOnlyList<ProviderRequest> Requests, bool HasRundown)
{
    private const string Runtime = "Microsoft-Windows-DotNETRuntime";
    private const long Types = 0x80000;
    private const long Handles = 0x2;

    /// <summary>All profiles, by name.</summary>
    public static IReadOnlyList<TraceProfile> All { get; } =
    [
        new(
            "full", "All of run, with types and GC handles: large recordings.",
            [
                RuntimeOf(
                    GcFeed.Keywords | SurvivalFeed.Keywords | MethodFeed.Keywords | Types | Handles, EventLevel.Verbose),
                ArrayPoolFeed.Request(EventLevel.Verbose), CacheFeed.Request,
            ],
            HasRundown: true),
        new(
            "heap", "GCs and the size and free space of each generation; cheap enough to leave on.",
            [RuntimeOf(GcFeed.Keywords, EventLevel.Informational)],
            HasRundown: false),
        new(
            "layout", "Large objects with sites and lifetimes, and where the large-object heap is free.",
            [RuntimeOf(GcFeed.Keywords | SurvivalFeed.Keywords | MethodFeed.Keywords, EventLevel.Verbose)],
            HasRundown: true),
        new(
            "pools", "GCs, and every rent and return of array pools with its site.",
            [
                RuntimeOf(GcFeed.Keywords | MethodFeed.Keywords, EventLevel.Informational),
                ArrayPoolFeed.Request(EventLevel.Verbose),
            ],
            HasRundown: true),
        new(
            "run", "What a verdict on a run needs: layout, pools and instrumented caches.",
            [
                RuntimeOf(GcFeed.Keywords | SurvivalFeed.Keywords | MethodFeed.Keywords, EventLevel.Verbose),
                ArrayPoolFeed.Request(EventLevel.Verbose), CacheFeed.Request,
            ],
            HasRundown: true),
    ];

    /// <summary>What a full verdict on a run needs: GCs, large objects with lifetimes, pools and caches with stacks.</summary>
    public static TraceProfile Run => ByName("run");

    /// <exception cref="ArgumentException">No such profile; the message lists the known ones.</exception>
    public static TraceProfile ByName(string name) =>
        All.FirstOrDefault(profile => string.Equals(profile.Name, name, StringComparison.Ordinal))
        ?? throw new ArgumentException(
            $"Unknown profile '{name}'; there are {string.Join(", ", All.Select(profile => profile.Name))}.", nameof(name));

    private static ProviderRequest RuntimeOf(long keywords, EventLevel level) => new(Runtime, keywords, level);
}
