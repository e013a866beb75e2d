using System.Collections.Immutable;
using System.Globalization;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>A cache, the prediction for it, and how both read: as a message and as properties.</summary>
internal sealed record CacheFinding(
    CacheEntrySizes Sizes, SizeMix Mix, CachePlace Place, CacheAdvice Advice, SharedCacheOptions Options)
{
    private CachePrediction AsWritten => Advice.AsWritten;

    public string Range =>
        Sizes.MinBytes == Sizes.MaxBytes ? ByteText.Of(Sizes.MinBytes) : $"{ByteText.Of(Sizes.MinBytes)} to {ByteText.Of(Sizes.MaxBytes)}";

    /// <summary>With its error bar, where the runs behind it differ by more than a percent point.</summary>
    public string Waste => (AsWritten.WasteHigh - AsWritten.WasteLow < 0.01
        ? Percent(AsWritten.Waste)
        : $"{Percent(AsWritten.Waste)} ({Percent(AsWritten.WasteLow)} to {Percent(AsWritten.WasteHigh)})")
        + (Place.IsGcHeap ? " waste after full GCs" : " waste");

    /// <summary>On the GC heap a mean over time, garbage included, for the number of entries that was simulated.</summary>
    public string Memory
    {
        get
        {
            string memory = $"{ByteText.Of(AsWritten.HeapBytes)} held for {ByteText.Of(AsWritten.LiveBytes)} live";
            return Place.IsGcHeap
                ? string.Format(CultureInfo.InvariantCulture, "with {0:N0} entries {1} on average", Mix.Entries, memory)
                : memory;
        }
    }

    public string Remedy => Advice.Best is { } best
        ? $"Best remedy simulated: {best.Advice} (predicted {ByteText.Of(best.Prediction.HeapBytes)}, "
            + $"{Percent(best.Prediction.Waste)} waste)."
        : "No remedy that was simulated needs less.";

    /// <summary>Empty, or a sentence of its own.</summary>
    public string Unknown => Sizes.Unknown switch
    {
        0 => "",
        var count => string.Format(
            CultureInfo.InvariantCulture,
            " Not simulated: {0} of {1} put sites, whose sizes are unknown.",
            count, Sizes.Sites.Length),
    };

    public ImmutableDictionary<string, string?> Properties()
    {
        ImmutableDictionary<string, string?>.Builder properties = ImmutableDictionary.CreateBuilder<string, string?>(System.StringComparer.Ordinal);
        properties.Add(FindingProperties.Model, AsWritten.Model);
        properties.Add(FindingProperties.Waste, Text(AsWritten.Waste));
        properties.Add(FindingProperties.WasteLow, Text(AsWritten.WasteLow));
        properties.Add(FindingProperties.WasteHigh, Text(AsWritten.WasteHigh));
        properties.Add(FindingProperties.LiveBytes, Text(AsWritten.LiveBytes));
        properties.Add(FindingProperties.HeapBytes, Text(AsWritten.HeapBytes));
        properties.Add(FindingProperties.Cache, Sizes.Cache.Name);
        properties.Add(FindingProperties.MinBytes, Text(Sizes.MinBytes));
        properties.Add(FindingProperties.MaxBytes, Text(Sizes.MaxBytes));
        properties.Add(FindingProperties.Threshold, Text(Options.WasteThreshold));
        properties.Add(FindingProperties.Mix, SizeMixText.Write(Mix.Parts));
        properties.Add(FindingProperties.Entries, Text(Mix.Entries));
        properties.Add(FindingProperties.PutSites, Sizes.SitesText);
        properties.Add(FindingProperties.UnknownPutSites, Text(Sizes.Unknown));
        if (!Place.IsGcHeap)
            properties.Add(FindingProperties.ZoneBytes, Text(Place.ZoneBytes));
        if (Advice.Best is { } best)
        {
            properties.Add(FindingProperties.BestRemedy, best.Id);
            properties.Add(FindingProperties.BestHeapBytes, Text(best.Prediction.HeapBytes));
        }

        return properties.ToImmutable();
    }

    private static string Percent(double ratio) => (ratio * 100).ToString("0.#", CultureInfo.InvariantCulture) + "%";

    private static string Text(double number) => number.ToString("R", CultureInfo.InvariantCulture);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
