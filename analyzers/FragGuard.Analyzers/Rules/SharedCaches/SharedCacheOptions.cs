using System.Globalization;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The rule's <c>.editorconfig</c> options; a value that cannot be read leaves the default.</summary>
/// <param name="WasteThreshold">Predicted waste from which the rule reports, 0..1.</param>
/// <param name="SizeRatio">Largest known entry over the smallest from which sizes differ widely, 1 or more.</param>
/// <param name="Entries">Live entries to simulate.</param>
internal sealed record SharedCacheOptions(double WasteThreshold, double SizeRatio, int Entries)
{
    public const string WasteThresholdKey = "fragguard.FG1001.waste_threshold";
    public const string SizeRatioKey = "fragguard.FG1001.size_ratio";
    public const string EntriesKey = "fragguard.cache_entries";

    /// <summary>More would keep the compiler waiting, and the waste of a full cache no longer depends on it.</summary>
    private const int MostEntries = 10_000;

    public static SharedCacheOptions Default { get; } = new(0.25, 4, 600);

    public static SharedCacheOptions Read(AnalyzerConfigOptions options) => new(
        Ratio(options, WasteThresholdKey) is { } waste and >= 0 and <= 1 ? waste : Default.WasteThreshold,
        Ratio(options, SizeRatioKey) is { } ratio and >= 1 and <= double.MaxValue ? ratio : Default.SizeRatio,
        Count(options, EntriesKey) is { } entries and >= 1 and <= MostEntries ? entries : Default.Entries);

    private static double? Ratio(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? text)
        && double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    private static int? Count(AnalyzerConfigOptions options, string key) =>
        options.TryGetValue(key, out string? text)
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : null;
}
