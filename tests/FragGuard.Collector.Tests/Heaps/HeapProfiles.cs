using System.Diagnostics.Tracing;
using FragGuard.Collector.Feeds;

namespace FragGuard.Collector.Tests.Heaps;

/// <summary>What the tests of heaps record, and nothing else.</summary>
internal static class HeapProfiles
{
    public static TraceProfile Survivors { get; } =
        Of("survivors", GcFeed.Keywords | SurvivalFeed.Keywords, EventLevel.Informational, hasRundown: false);

    public static TraceProfile Samples { get; } = Of(
        "samples", GcFeed.Keywords | SurvivalFeed.Keywords | SampleFeed.Keywords | MethodFeed.Keywords,
        EventLevel.Informational, hasRundown: true);

    public static TraceProfile Pins { get; } = Of(
        "pins", GcFeed.Keywords | SurvivalFeed.Keywords | MethodFeed.Keywords, EventLevel.Verbose, hasRundown: true);

    /// <summary>What dotnet-trace records of GCs at most: no survivors, no samples.</summary>
    public static TraceProfile WithoutSurvivors { get; } =
        Of("gc-verbose", GcFeed.Keywords | MethodFeed.Keywords, EventLevel.Verbose, hasRundown: true);

    private static TraceProfile Of(string name, long keywords, EventLevel level, bool hasRundown) =>
        new(name, name, [new("Microsoft-Windows-DotNETRuntime", keywords, level)], hasRundown);
}
