using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.IO;
using System.Linq;
using FragGuard.Analyzers.Tests;
using FragGuard.FragTrace.Live;

namespace FragGuard.FragTrace.Tests.Live;

public sealed class MetricsPageTests
{
    private static readonly string[] Page =
        File.ReadAllLines(Path.Combine(RepositoryFiles.Root, "collector", "docs", "metrics.md"));

    [Fact]
    public void Page_ListsEveryInstrument_AsItIs()
    {
        Dictionary<string, List<string>> seen = Observe(out List<Instrument> instruments);

        Assert.Equal(
            instruments.Select(one => $"{one.Name} {KindOf(one)} {one.Unit} {string.Join(", ", seen[one.Name])}").Order(StringComparer.Ordinal),
            Rows().Select(cells => $"{cells[0]} {cells[1]} {cells[2]} {(cells[3] is "–" ? "" : cells[3])}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ProfileThatDoesNotTell_SendsNothing()
    {
        using LiveMeter meter = new();
        meter.Show(SampleMoments.Empty);
        List<string> measured = [];
        Listen(meter, _ => { }, (instrument, _) => measured.Add(instrument.Name));

        Assert.DoesNotContain(MetricNames.HeapSize, measured, StringComparer.Ordinal);
        Assert.DoesNotContain(MetricNames.LargestHole, measured, StringComparer.Ordinal);
        Assert.DoesNotContain(MetricNames.PoolMisses, measured, StringComparer.Ordinal);
        Assert.DoesNotContain(MetricNames.Allocated, measured, StringComparer.Ordinal);
        Assert.Contains(MetricNames.EventsLost, measured, StringComparer.Ordinal);
    }

    private static IEnumerable<string[]> Rows() => Page
        .Where(line => line.StartsWith("| `dotnet.gc.", StringComparison.Ordinal) || line.StartsWith("| `fragguard.", StringComparison.Ordinal))
        .Select(line => line.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(cell => cell.Trim().Trim('`')).ToArray())
        .Where(cells => cells.Length == 6);

    private static Dictionary<string, List<string>> Observe(out List<Instrument> instruments)
    {
        using LiveMeter meter = new();
        meter.Show(SampleMoments.Full);
        List<Instrument> published = [];
        Dictionary<string, List<string>> attributes = new(StringComparer.Ordinal);
        Listen(
            meter,
            instrument =>
            {
                published.Add(instrument);
                attributes[instrument.Name] = [];
            },
            (instrument, tags) => attributes[instrument.Name] = [.. attributes[instrument.Name].Union(tags, StringComparer.Ordinal)]);
        instruments = published;
        return attributes;
    }

    private static void Listen(LiveMeter meter, Action<Instrument> published, Action<Instrument, string[]> measured)
    {
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, one) =>
        {
            if (!meter.Owns(instrument))
                return;

            published(instrument);
            one.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => measured(instrument, Names(tags)));
        listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => measured(instrument, Names(tags)));
        listener.Start();
        listener.RecordObservableInstruments();
    }

    private static string[] Names(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        string[] names = new string[tags.Length];
        for (int i = 0; i < names.Length; i++)
            names[i] = tags[i].Key;
        return names;
    }

    // ObservableUpDownCounter`1 is an UpDownCounter to whoever receives it.
    private static string KindOf(Instrument instrument) =>
        instrument.GetType().Name.Split('`')[0].Replace("Observable", "", StringComparison.Ordinal);
}
