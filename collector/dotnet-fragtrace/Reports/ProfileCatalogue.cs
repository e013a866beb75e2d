using System.Collections.Generic;
using System.Linq;
using System.Text.Json.Serialization;
using FragGuard.Collector.Feeds;

namespace FragGuard.FragTrace.Reports;

/// <summary>What <c>list-profiles --json</c> prints.</summary>
public sealed record ProfileCatalogue(IReadOnlyList<ProfileRow> Profiles)
{
    [JsonPropertyOrder(-1)]
    public string Schema { get; init; } = "fragguard.profiles/1";

    internal static ProfileCatalogue OfRegistry() => new([.. TraceProfile.All.Select(RowOf)]);

    private static ProfileRow RowOf(TraceProfile profile) => new(
        profile.Name,
        profile.Summary,
        profile.HasRundown,
        [.. profile.Requests.Select(ProviderOf)],
        profile.OlderRequests is { } older ? [.. older.Select(one => ProviderOf(one with { Denied = [] }))] : null,
        ProfileCost.Of(profile) is { } cost ? CostOf(cost) : null);

    private static ProviderRow ProviderOf(ProviderRequest request) => new(
        request.Provider, $"0x{request.Keywords:x}", request.Level.ToString(), request.Denied);

    private static CostRow CostOf(ProfileCost cost) => new(
        cost.Kept.Median, cost.Kept.Low, cost.Kept.High, cost.MegabytesPer100K, cost.EventsPer100K, cost.ToolMegabytes);
}

/// <param name="Name">The name given to <c>--profile</c>.</param>
/// <param name="Summary">One line on what it shows.</param>
/// <param name="HasStacks">Whether events carry stacks, so that sites can be named.</param>
/// <param name="Providers">What it enables in .NET 10 and later.</param>
/// <param name="OlderProviders">What it enables in .NET 8 and 9, where that differs; null otherwise.</param>
/// <param name="Cost">What it cost where it was measured; null when it was not.</param>
public sealed record ProfileRow(
    string Name,
    string Summary,
    bool HasStacks,
    IReadOnlyList<ProviderRow> Providers,
    IReadOnlyList<ProviderRow>? OlderProviders,
    CostRow? Cost);

/// <param name="Keywords">Groups of events, as a hexadecimal number.</param>
/// <param name="Level">Most detailed level.</param>
/// <param name="Denied">Ids of events left out all the same.</param>
public sealed record ProviderRow(string Name, string Keywords, string Level, IReadOnlyList<int> Denied);

/// <param name="Kept">Operations per processor second of a busy target, as a share of those without recording: the median.</param>
/// <param name="KeptLow">The lowest of the pairs.</param>
/// <param name="KeptHigh">The highest of the pairs.</param>
/// <param name="MegabytesPer100K">MB of recording after 100,000 operations of 40 KB and three rents each.</param>
/// <param name="EventsPer100K">Events in it.</param>
/// <param name="ToolMegabytes">Most memory of the tool, in MB.</param>
public sealed record CostRow(
    double Kept, double KeptLow, double KeptHigh, double MegabytesPer100K, int EventsPer100K, int ToolMegabytes);
