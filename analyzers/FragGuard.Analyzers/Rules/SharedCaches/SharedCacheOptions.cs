using FragGuard.Simulation.Advice;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The rule's <c>.editorconfig</c> options; a value that cannot be read leaves the default.</summary>
/// <param name="WasteThreshold">Predicted waste from which the rule reports, 0..1.</param>
/// <param name="SizeRatio">Largest known entry over the smallest from which sizes differ widely, 1 or more.</param>
/// <param name="Entries">Live entries to simulate.</param>
/// <param name="Heap">What the options and the project say of the program's GC heap.</param>
internal sealed record SharedCacheOptions(double WasteThreshold, double SizeRatio, int Entries, GcHeapAssumptions Heap)
{
    public const string WasteThresholdKey = "fragguard.FG1001.waste_threshold";
    public const string SizeRatioKey = "fragguard.FG1001.size_ratio";
    public const string EntriesKey = "fragguard.cache_entries";

    /// <summary>The project's own property, where the build makes it visible to analyzers.</summary>
    public const string ConcurrentKey = "build_property.ConcurrentGarbageCollection";

    /// <summary>More would keep the compiler waiting, and the waste of a full cache no longer depends on it.</summary>
    private const int MostEntries = 10_000;

    public static SharedCacheOptions Default { get; } = new(0.25, 4, 600, new GcHeapAssumptions());

    /// <param name="options">Those of the file that holds the finding.</param>
    /// <param name="project">Those of the whole project.</param>
    public static SharedCacheOptions Read(AnalyzerConfigOptions options, AnalyzerConfigOptions project)
    {
        int? entries = OptionValues.Count(options, EntriesKey) is { } count and >= 1 and <= MostEntries ? count : null;
        return new(
            OptionValues.Number(options, WasteThresholdKey) is { } waste and >= 0 and <= 1 ? waste : Default.WasteThreshold,
            OptionValues.Number(options, SizeRatioKey) is { } ratio and >= 1 and <= double.MaxValue ? ratio : Default.SizeRatio,
            entries ?? Default.Entries,
            new GcHeapAssumptions(IsConcurrent: OptionValues.Flag(project, ConcurrentKey) != false, KnowsEntries: entries is not null));
    }
}
