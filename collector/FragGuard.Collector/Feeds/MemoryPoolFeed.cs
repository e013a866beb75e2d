using System;
using System.Diagnostics.Tracing;
using System.Globalization;
using FragGuard.Collector.Events;
using FragGuard.Collector.Pools;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Kestrel's and other memory pools of ASP.NET Core 10 and later, through the event source of the metrics (MetricsEventSource
/// and MemoryPoolMetrics of dotnet/runtime and dotnet/aspnetcore). Readings come once a second.
/// </summary>
internal sealed class MemoryPoolFeed
{
    public const string Provider = "System.Diagnostics.Metrics";

    private const string Meter = "Microsoft.AspNetCore.MemoryPool";
    private const string Instruments = "aspnetcore.memory_pool.";
    private const string OwnerTag = Instruments + "owner=";
    private const long TimeSeriesValues = 0x2;
    private const int MaxOwnerLength = 128;

    private readonly MemoryPoolLog _log;

    public MemoryPoolFeed(EventRouter router, MemoryPoolLog log)
    {
        _log = log;
        router.On(Provider, 4, OnCounter);
        router.On(Provider, 16, OnCounter);
    }

    /// <summary>
    /// A process has one session of metrics, which those that call it SHARED have together. Without limits and interval of
    /// their own they agree with whoever came first.
    /// </summary>
    public static ProviderRequest Request { get; } = new(
        Provider, TimeSeriesValues, EventLevel.Informational, $"SessionId=SHARED;Metrics={Meter};ClientId={Guid.NewGuid()}");

    private void OnCounter(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.ReadText();
        if (!string.Equals(fields.ReadText(), Meter, StringComparison.Ordinal))
            return;

        fields.ReadText();
        string instrument = fields.ReadText();
        fields.ReadText();
        string tags = fields.ReadText();
        fields.ReadText();
        if (FigureOf(instrument) is { } figure
            && double.TryParse(fields.ReadText(), NumberStyles.Float, CultureInfo.InvariantCulture, out double bytes)
            && Math.Abs(bytes) < long.MaxValue)
        {
            _log.Read(recorded.TimeMs, OwnerIn(tags), figure, (long)bytes);
        }
    }

    private static MemoryPoolFigure? FigureOf(string instrument) => instrument switch
    {
        Instruments + "pooled" => MemoryPoolFigure.Pooled,
        Instruments + "allocated" => MemoryPoolFigure.Allocated,
        Instruments + "evicted" => MemoryPoolFigure.Evicted,
        Instruments + "rented" => MemoryPoolFigure.Rented,
        _ => null,
    };

    private static string OwnerIn(string tags)
    {
        foreach (string tag in tags.Split(','))
        {
            if (tag.StartsWith(OwnerTag, StringComparison.Ordinal))
                return tag.Length <= OwnerTag.Length + MaxOwnerLength ? tag[OwnerTag.Length..] : "";
        }

        return "";
    }
}
