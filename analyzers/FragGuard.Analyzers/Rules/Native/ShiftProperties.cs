using System.Collections.Immutable;
using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.Native;

/// <summary>A forecast as properties of a diagnostic, and its ratios as text.</summary>
internal static class ShiftProperties
{
    public static ImmutableDictionary<string, string?> Of(ShiftForecast forecast, string name, SizedSites sites, double threshold) =>
        ImmutableDictionary<string, string?>.Empty
            .Add(FindingProperties.Model, forecast.Model)
            .Add(FindingProperties.Waste, Text(forecast.Waste))
            .Add(FindingProperties.LiveBytes, Text(forecast.LiveBytes))
            .Add(FindingProperties.HeapBytes, Text(forecast.HeldBytes))
            .Add(FindingProperties.Cache, name)
            .Add(FindingProperties.MinBytes, Text(sites.MinBytes))
            .Add(FindingProperties.MaxBytes, Text(sites.MaxBytes))
            .Add(FindingProperties.Threshold, Text(threshold))
            .Add(FindingProperties.Mix, SizeMixText.Write(sites.Parts))
            .Add(FindingProperties.PutSites, sites.Text)
            .Add(FindingProperties.UnknownPutSites, Text(sites.Unknown));

    public static string Percent(double ratio) => (ratio * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
