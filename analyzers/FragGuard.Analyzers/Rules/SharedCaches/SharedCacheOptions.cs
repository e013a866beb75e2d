using FragGuard.Simulation.Advice;
using Microsoft.CodeAnalysis.Diagnostics;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The <c>.editorconfig</c> options of the rules that simulate a cache; a value that cannot be read leaves the default.</summary>
/// <param name="WasteThreshold">Predicted waste from which FG1001 reports, 0..1.</param>
/// <param name="SizeRatio">Largest known entry over the smallest from which sizes differ widely, 1 or more.</param>
/// <param name="Entries">Live entries to simulate.</param>
/// <param name="Heap">What the options and the project say of the program's GC heap.</param>
/// <param name="LohThreshold">Bytes from which the runtime puts an object on the large object heap, header included.</param>
internal sealed record SharedCacheOptions(double WasteThreshold, double SizeRatio, int Entries, GcHeapAssumptions Heap, long LohThreshold)
{
    public const string WasteThresholdKey = "fragguard.FG1001.waste_threshold";
    public const string SizeRatioKey = "fragguard.FG1001.size_ratio";
    public const string EntriesKey = "fragguard.cache_entries";
    public const string LohThresholdKey = "fragguard.loh_threshold";

    /// <summary>The project's own property, where the build makes it visible to analyzers.</summary>
    public const string ConcurrentKey = "build_property.ConcurrentGarbageCollection";

    /// <summary>More would keep the compiler waiting, and the waste of a full cache no longer depends on it.</summary>
    private const int MostEntries = 10_000;

    /// <summary>Object header, method table and length of an array.</summary>
    private const long ArrayHeaderBytes = 24;

    /// <summary>The runtime takes no smaller one.</summary>
    private const int LeastLohThreshold = 85_000;

    public static SharedCacheOptions Default { get; } = new(0.25, 4, 600, new GcHeapAssumptions(), LeastLohThreshold);

    /// <summary>Value bytes from which an array is a large object.</summary>
    public long LargeValueBytes => LohThreshold - ArrayHeaderBytes;

    /// <param name="options">Those of the file that holds the finding.</param>
    /// <param name="project">Those of the whole project.</param>
    public static SharedCacheOptions Read(AnalyzerConfigOptions options, AnalyzerConfigOptions project)
    {
        int? entries = OptionValues.Count(options, EntriesKey) is { } count and >= 1 and <= MostEntries ? count : null;
        return new(
            OptionValues.Number(options, WasteThresholdKey) is { } waste and >= 0 and <= 1 ? waste : Default.WasteThreshold,
            OptionValues.Number(options, SizeRatioKey) is { } ratio and >= 1 and <= double.MaxValue ? ratio : Default.SizeRatio,
            entries ?? Default.Entries,
            new GcHeapAssumptions(IsConcurrent: OptionValues.Flag(project, ConcurrentKey) != false, KnowsEntries: entries is not null),
            OptionValues.Count(options, LohThresholdKey) is { } threshold and >= LeastLohThreshold ? threshold : Default.LohThreshold);
    }
}
