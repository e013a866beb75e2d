namespace FragGuard.Simulation.Advice;

/// <summary>
/// Keys of the properties that a finding carries from the rule, through the compiler's SARIF file, to whoever holds it
/// against a run. Numbers are invariant; ratios are 0..1 in round-trip form.
/// </summary>
public static class FindingProperties
{
    /// <summary>Name of the model that predicts.</summary>
    public const string Model = "fragguard.model";

    /// <summary>Predicted share of the heap or zone that holds no live entry, 0..1.</summary>
    public const string Waste = "fragguard.waste";

    /// <summary>Least waste among the runs behind the prediction, 0..1.</summary>
    public const string WasteLow = "fragguard.wasteLow";

    /// <summary>Most waste among them, 0..1.</summary>
    public const string WasteHigh = "fragguard.wasteHigh";

    /// <summary>Predicted live bytes.</summary>
    public const string LiveBytes = "fragguard.liveBytes";

    /// <summary>Predicted committed bytes.</summary>
    public const string HeapBytes = "fragguard.heapBytes";

    /// <summary>Name of the field, property, local, parameter or type that is the cache.</summary>
    public const string Cache = "fragguard.cache";

    /// <summary>Smallest known entry, in value bytes.</summary>
    public const string MinBytes = "fragguard.minBytes";

    /// <summary>Largest known entry, in value bytes.</summary>
    public const string MaxBytes = "fragguard.maxBytes";

    /// <summary>Waste from which the rule reports, 0..1.</summary>
    public const string Threshold = "fragguard.threshold";

    /// <summary>The sizes that were simulated, as <see cref="Workloads.SizeMixText"/> writes them.</summary>
    public const string Mix = "fragguard.mix";

    /// <summary>Live entries that were simulated.</summary>
    public const string Entries = "fragguard.entries";

    /// <summary>Bytes of the simulated zone; absent on the GC heap.</summary>
    public const string ZoneBytes = "fragguard.zoneBytes";

    /// <summary>Id of the best remedy; absent when none made the heap smaller.</summary>
    public const string BestRemedy = "fragguard.bestRemedy";

    /// <summary>Predicted committed bytes with the best remedy; absent when none made the heap smaller.</summary>
    public const string BestHeapBytes = "fragguard.bestHeapBytes";

    /// <summary>
    /// All places that put an entry, in source order: <c>file:line;file:line</c>, lines 1-based. A file name may hold a
    /// colon, so the line follows the last one.
    /// </summary>
    public const string PutSites = "fragguard.putSites";

    /// <summary>Put sites whose entry size the source does not tell; they were not simulated.</summary>
    public const string UnknownPutSites = "fragguard.unknownPutSites";
}
