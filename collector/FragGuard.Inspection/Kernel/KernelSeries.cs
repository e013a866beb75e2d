using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// Looks at the kernel over time, with recoveries and steps of Slab marked as they come. Marks are made from every look;
/// of the looks themselves some hundred are kept: whenever they are too many, every second one is dropped.
/// </summary>
public sealed class KernelSeries
{
    /// <summary>Most looks that are kept.</summary>
    public const int MostSamples = 512;

    /// <summary>Most marks of a kind that are kept; the first ones.</summary>
    public const int MostMarks = 256;

    private readonly List<KernelSample> _samples = [];
    private readonly List<KernelRecovery> _recoveries = [];
    private readonly List<SlabStep> _steps = [];
    private readonly SlabSteps _slabs = new();
    private Recoveries? _watched;
    private long _stride = 1;

    /// <summary>Looks that were made.</summary>
    public long Looks { get; private set; }

    /// <summary>The kept looks in order, the last one among them.</summary>
    public IReadOnlyList<KernelSample> Samples =>
        Last is null || _samples.Count > 0 && ReferenceEquals(_samples[^1], Last) ? _samples : [.. _samples, Last];

    public KernelSample? Last { get; private set; }

    public IReadOnlyList<KernelRecovery> Recoveries => _recoveries;

    public IReadOnlyList<SlabStep> Steps => _steps;

    /// <summary>Takes one more look; returns it with what it marks.</summary>
    /// <param name="at">Since the watch started; not before the look before.</param>
    public (KernelSample Sample, KernelRecovery? Recovery, SlabStep? Step) Add(TimeSpan at, KernelSnapshot kernel)
    {
        KernelSample sample = SampleOf(at, kernel);
        _watched ??= new Recoveries(PagesOf(kernel));
        KernelRecovery? recovery = _watched.Add(sample);
        SlabStep? step = _slabs.Add(sample, kernel.Slabs, kernel.PageBytes);
        if (recovery is not null && _recoveries.Count < MostMarks)
            _recoveries.Add(recovery);
        if (step is not null && _steps.Count < MostMarks)
            _steps.Add(step);
        Keep(sample);
        return (sample, recovery, step);
    }

    private void Keep(KernelSample sample)
    {
        if (Looks % _stride == 0)
            _samples.Add(sample);
        Looks++;
        Last = sample;
        if (_samples.Count < MostSamples)
            return;
        for (int kept = 0; kept < MostSamples / 2; kept++)
            _samples[kept] = _samples[kept * 2];
        _samples.RemoveRange(MostSamples / 2, MostSamples / 2);
        _stride *= 2;
    }

    private static KernelSample SampleOf(TimeSpan at, KernelSnapshot kernel) => new(
        at,
        [.. Enumerable.Range(0, kernel.Zones.Select(zone => zone.Orders).DefaultIfEmpty().Max())
            .Select(order => kernel.Zones.Sum(zone => zone.UsablePages(order)))],
        kernel.Kilobytes("Slab") * 1024, kernel.Counter("compact_stall") ?? 0, kernel.Counter("compact_isolated") ?? 0,
        Sum(kernel, "allocstall"), Sum(kernel, "pgsteal_"));

    private static long Sum(KernelSnapshot kernel, string start) => kernel.Counters is null
        ? 0
        : kernel.Counters.Where(counter => counter.Key.StartsWith(start, StringComparison.Ordinal)
            && !counter.Key.EndsWith("_anon", StringComparison.Ordinal) && !counter.Key.EndsWith("_file", StringComparison.Ordinal))
            .Sum(counter => counter.Value);

    private static long PagesOf(KernelSnapshot kernel) =>
        kernel.Kilobytes("MemTotal") * 1024 / kernel.PageBytes ?? kernel.Zones.Sum(zone => zone.FreePages);
}
