using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.Collector.Feeds;

namespace FragGuard.Benchmarks.Recording;

/// <summary>
/// Settings as key=value: seconds, rounds, profiles (names with commas), tool (path of our native program; the managed one when
/// absent), dotnet-trace (a path), folder and gen0 (hexadecimal bytes the load allocates from one GC to the next; the runtime's
/// choice when absent).
/// </summary>
internal sealed class RecordingSettings(IEnumerable<string> arguments)
{
    private readonly Dictionary<string, string> _values = arguments
        .Select(one => one.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[^1], StringComparer.Ordinal);

    public int Seconds => Number("seconds", 4);

    public int Rounds => Number("rounds", 6);

    public string? Tool => _values.GetValueOrDefault("tool");

    public string DotnetTrace => _values.GetValueOrDefault("dotnet-trace", "dotnet-trace");

    /// <summary>Hexadecimal; empty for the runtime's choice.</summary>
    public string Gen0Bytes => _values.GetValueOrDefault("gen0", "");

    public IReadOnlyList<TraceProfile> Profiles => _values.TryGetValue("profiles", out string? names)
        ? [.. names.Split(',').Select(TraceProfile.ByName)]
        : TraceProfile.All;

    public string FileOf(TraceProfile profile, string tool) => Path.Combine(
        _values.GetValueOrDefault("folder", Path.GetTempPath()), $"cost-{profile.Name}-{tool}.nettrace");

    private int Number(string key, int otherwise) =>
        _values.TryGetValue(key, out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;
}
