using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// What a profile cost the load of the tests, whose every operation allocates about 40 KB and rents three arrays. Written by
/// <c>tests/FragGuard.Benchmarks -- collector-cost</c>; collector/docs/cost.md repeats the figures and says how they came about.
/// </summary>
/// <param name="Profile">Name of the profile.</param>
/// <param name="Kept">Operations per processor second of the target, as a share of those without recording.</param>
/// <param name="KeptByDotnetTrace">The same below dotnet-trace with the same providers.</param>
/// <param name="AgainstDotnetTrace">The first as a share of the second, in pairs.</param>
/// <param name="MegabytesPer100K">Size of the recording after 100,000 operations, in MB of a million bytes.</param>
/// <param name="EventsPer100K">Events in it.</param>
/// <param name="ToolMegabytes">Most memory of the tool that was resident at once, in MB.</param>
public sealed record ProfileCost(
    string Profile,
    CostSpread Kept,
    CostSpread KeptByDotnetTrace,
    CostSpread AgainstDotnetTrace,
    double MegabytesPer100K,
    int EventsPer100K,
    int ToolMegabytes)
{
    /// <summary>One row for each profile, by name.</summary>
    public static IReadOnlyList<ProfileCost> Measured { get; } =
    [
    ];

    /// <summary>Null for a profile that was not measured.</summary>
    public static ProfileCost? Of(TraceProfile profile) =>
        Measured.FirstOrDefault(cost => string.Equals(cost.Profile, profile.Name, StringComparison.Ordinal));
}
