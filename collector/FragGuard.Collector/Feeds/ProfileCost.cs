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
        new("full", new(0.476, 0.454, 0.511), new(0.485, 0.477, 0.523), new(0.970, 0.921, 1.001), 22.36, 646_040, 57),
        new("heap", new(0.953, 0.894, 1.021), new(0.926, 0.799, 0.967), new(1.023, 1.019, 1.182), 3.00, 41_916, 57),
        new("layout", new(0.877, 0.852, 0.961), new(0.874, 0.828, 0.936), new(1.028, 0.963, 1.045), 10.78, 49_594, 61),
        new("pools", new(0.991, 0.946, 1.147), new(0.962, 0.863, 1.096), new(1.043, 1.009, 1.136), 2.97, 41_608, 57),
        new("run", new(0.487, 0.466, 0.493), new(0.484, 0.456, 0.503), new(1.010, 0.967, 1.057), 22.34, 635_495, 57),
    ];

    /// <summary>Null for a profile that was not measured.</summary>
    public static ProfileCost? Of(TraceProfile profile) =>
        Measured.FirstOrDefault(cost => string.Equals(cost.Profile, profile.Name, StringComparison.Ordinal));
}
