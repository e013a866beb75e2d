using System;
using System.Linq;
using System.Text.Json.Nodes;

namespace FragGuard.FragTrace.Tests.Loop;

/// <summary>One sample's result and page.</summary>
internal sealed record SampleRun(JsonNode Report, string Page, string Recording)
{
    public JsonNode[] FindingsOf(string rule) => [.. Report["findings"]!.AsArray().OfType<JsonNode>()
        .Where(finding => string.Equals((string?)finding["rule"], rule, StringComparison.Ordinal))];

    public double Heap(string key) => (double)Report["heap"]![key]!;

    /// <summary>All generations right after the last GC, free space included: the cache was full then.</summary>
    public double LastHeapBytes
    {
        get
        {
            JsonNode last = Report["timeline"]!.AsArray()[^1]!;
            return ((string[])["gen0Bytes", "gen1Bytes", "gen2Bytes", "lohBytes", "pohBytes"]).Sum(key => (double)last[key]!);
        }
    }

    /// <summary>Most bytes of entries that its caches held, as the caches themselves say.</summary>
    public double CachedBytes => Report["caches"]!.AsArray().Sum(cache => (double)cache!["peakLiveBytes"]!);
}
