using System;
using System.Collections.Generic;
using System.Diagnostics.Metrics;
using System.Linq;
using FragGuard.Collector.Live;

namespace FragGuard.FragTrace.Live;

/// <summary>
/// The instruments of a watched process. They observe the last look; what a profile does not tell, they leave out, instead
/// of reporting 0.
/// </summary>
internal sealed class LiveMeter : IDisposable
{
    private const string Bytes = "By";

    private readonly Meter _meter = new(MetricNames.Meter);
    private volatile LiveMoment? _moment;

    public LiveMeter()
    {
        AddHeap();
        AddHoles();
        AddPools();
        _meter.CreateObservableCounter(
            MetricNames.Allocated, AllocatedBytes, Bytes, "Bytes allocated since the session began, estimated.");
        _meter.CreateObservableCounter(
            MetricNames.EventsRead, () => Of(moment => [new(moment.EventsRead)]), "{event}", "Events read.");
        _meter.CreateObservableCounter(
            MetricNames.EventsLost, () => Of(moment => [new(moment.EventsLost)]), "{event}",
            "Events the target dropped because its buffer was full.");
    }

    /// <summary>Whether an instrument is one of these.</summary>
    public bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <summary>What is observed from now on.</summary>
    public void Show(LiveMoment moment) => _moment = moment;

    public void Dispose() => _meter.Dispose();

    private void AddHeap()
    {
        _meter.CreateObservableUpDownCounter(
            MetricNames.HeapSize, () => ByGeneration(one => one.SizeBytes), Bytes,
            "Size of a generation after the last GC, free space included.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.FragmentationSize, () => ByGeneration(one => one.FreeBytes), Bytes,
            "Free space inside a generation after the last GC.");
        _meter.CreateObservableCounter(
            MetricNames.Collections, () => Of(moment => Collections(moment.Gcs)), "{collection}",
            "GCs since the session began, by the oldest generation they collected.");
        _meter.CreateObservableCounter(
            MetricNames.PauseTime, () => OfDouble(moment => [new(moment.Gcs.PauseMs / 1000)]), "s",
            "How long the program stood still for GCs since the session began.");
    }

    private void AddHoles()
    {
        _meter.CreateObservableUpDownCounter(
            MetricNames.Holes, () => ByGeneration(one => one.Holes), "{hole}", "Free extents of a generation.");
        _meter.CreateObservableGauge(
            MetricNames.LargestHole, () => ByGeneration(one => one.LargestHoleBytes), Bytes,
            "Largest free extent of a generation.");
        _meter.CreateObservableUpDownCounter(
            MetricNames.UnknownSize, () => ByGeneration(one => (long?)(one.UnknownRatio * one.SizeBytes)), Bytes,
            "Part of a generation of which nobody said whether it lives.");
    }

    private void AddPools()
    {
        _meter.CreateObservableCounter(
            MetricNames.PoolMisses,
            () => OfPools(counts =>
            [
                Because(counts.MissesPooled, "pooled"),
                Because(counts.MissesOverMaximumSize, "over_maximum_size"),
                Because(counts.MissesExhausted, "pool_exhausted"),
            ]),
            "{array}", "Arrays that array pools made because they had none to hand out.");
        _meter.CreateObservableCounter(
            MetricNames.PoolDrops,
            () => OfPools(counts => [Because(counts.DropsFull, "full"), Because(counts.DropsOverMaximumSize, "over_maximum_size")]),
            "{array}", "Returned arrays that array pools did not keep.");
        _meter.CreateObservableCounter(
            MetricNames.PoolTrims, () => OfPools(counts => [new(counts.Trims)]), "{array}",
            "Arrays that array pools kept and gave up by themselves.");
    }

    private static IEnumerable<Measurement<long>> Collections(GcActivity gcs) =>
    [
        new(gcs.Gen0, Tag(MetricNames.Generation, "gen0")),
        new(gcs.Gen1, Tag(MetricNames.Generation, "gen1")),
        new(gcs.Gen2, Tag(MetricNames.Generation, "gen2")),
    ];

    private IEnumerable<Measurement<long>> ByGeneration(Func<LiveGeneration, long?> figure) => Of(moment => moment.Generations
        .Where(one => figure(one) is not null)
        .Select(one => new Measurement<long>(figure(one)!.Value, Tag(MetricNames.Generation, one.Name))));

    private IEnumerable<Measurement<double>> AllocatedBytes() => OfDouble(moment =>
        moment.Allocation.Method == AllocationMethod.Unknown ? [] : [new(moment.Allocation.TotalBytes)]);

    private IEnumerable<Measurement<long>> OfPools(Func<PoolCounts, IEnumerable<Measurement<long>>> measure) =>
        Of(moment => moment.Pools is { } pools ? measure(pools.Total) : []);

    private IEnumerable<Measurement<long>> Of(Func<LiveMoment, IEnumerable<Measurement<long>>> measure) =>
        _moment is { } moment ? measure(moment) : [];

    private IEnumerable<Measurement<double>> OfDouble(Func<LiveMoment, IEnumerable<Measurement<double>>> measure) =>
        _moment is { } moment ? measure(moment) : [];

    private static Measurement<long> Because(long count, string reason) => new(count, Tag(MetricNames.Reason, reason));

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);
}
