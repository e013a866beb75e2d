using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Feeds;

/// <summary>A named set of feeds.</summary>
/// <param name="Name">As given on the command line.</param>
/// <param name="Summary">One line on what it shows and costs.</param>
/// <param name="Requests">What to enable, one entry per provider.</param>
/// <param name="HasRundown">Whether the runtime lists all its methods at the end, which names the stacks of an attached target.</param>
public sealed record TraceProfile(
    string Name, string Summary, IReadOnlyList<ProviderRequest> Requests, bool HasRundown)
{
    /// <summary>What a full verdict on a run needs: GCs, large objects with lifetimes, pools and caches with stacks.</summary>
    public static TraceProfile Run => ByName("run");

    /// <summary>All profiles, by name.</summary>
    public static IReadOnlyList<TraceProfile> All => throw new NotSupportedException();

    /// <exception cref="ArgumentException">No such profile; the message lists the known ones.</exception>
    public static TraceProfile ByName(string name) => throw new NotSupportedException();
}
