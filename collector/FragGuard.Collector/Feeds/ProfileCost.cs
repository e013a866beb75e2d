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
        new("full", new(0.510, 0.475, 0.537), new(0.504, 0.487, 0.527), new(1.012, 0.936, 1.055), 21.95, 621_635, 59),
        new("heap", new(0.951, 0.931, 0.972), new(0.930, 0.882, 0.956), new(1.023, 1.017, 1.074), 2.94, 41_065, 62),
        new("layout", new(0.882, 0.855, 0.931), new(0.841, 0.816, 0.860), new(1.046, 1.027, 1.117), 10.78, 50_234, 76),
        new("pools", new(0.988, 0.954, 1.001), new(0.972, 0.958, 1.006), new(1.012, 0.981, 1.043), 0.25, 2_407, 49),
        new("run", new(0.486, 0.451, 0.624), new(0.480, 0.471, 0.537), new(1.006, 0.947, 1.215), 21.48, 584_210, 59),
    ];

    /// <summary>Null for a profile that was not measured.</summary>
    public static ProfileCost? Of(TraceProfile profile) =>
        Measured.FirstOrDefault(cost => string.Equals(cost.Profile, profile.Name, StringComparison.Ordinal));
}
