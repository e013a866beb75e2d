using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Metrics;

/// <summary>Layouts looked at over a run.</summary>
public sealed class LayoutSeriesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Samples_AreBoundedAndEvenlySpacedAndEndWithTheLastEvent(int events)
    {
        LayoutSeries series = Play(Enumerable.Range(0, events).Select(i => new AllocationEvent(
            i % 2 == 0 ? AllocationEventKind.Allocate : AllocationEventKind.Free, i / 2, 100)));
        long[] at = [.. series.Samples.Select(sample => sample.Index)];

        Assert.InRange(at.Length, System.Math.Min(events, LayoutSeries.MaxSamples / 2), LayoutSeries.MaxSamples);
        Assert.Equal(events - 1, at[^1]);
        Assert.Equal(at.Order().Distinct(), at);
        long[] gaps = [.. at.Zip(at.Skip(1), (first, second) => second - first).SkipLast(1)];
        Assert.True(gaps.Length == 0 || gaps.Max() <= 2 * gaps.Min(), $"{events} events: {string.Join(' ', gaps)}");
    }

    [Fact]
    public void LooksAtALargeHeap_CostHalfAnExtentPerEvent()
    {
        const int Blocks = 200_000;
        CountedLayouts model = new(AllocatorModels.Create("nginx-slab", [new("zone", "64m")]));
        LayoutSeries series = new();

        Simulator.Run(
            new AllocationTrace(Enumerable.Range(0, Blocks).Select(id => new AllocationEvent(AllocationEventKind.Allocate, id, 100))),
            "nginx-slab", model, series: series);

        long beyond = model.Layouts.SkipLast(1).Sum(extents => System.Math.Max(0, extents - (long)LayoutSeries.FreeExtents));
        Assert.InRange(beyond, 1, Blocks);
        Assert.InRange(series.Samples.Count, 8, LayoutSeries.MaxSamples);
    }

    [Fact]
    public void Peak_IsTheLargestOfTheLayouts()
    {
        AllocationEvent Event(AllocationEventKind kind, long id) => new(kind, id, 1 << 20);
        LayoutSeries series = Play(
            [
                Event(AllocationEventKind.Allocate, 1), Event(AllocationEventKind.Free, 1),
                Event(AllocationEventKind.Allocate, 2), Event(AllocationEventKind.Allocate, 3), Event(AllocationEventKind.Free, 3),
            ],
            "dotnet-arraypool-shared");

        Assert.Equal(series.Samples.Max(sample => sample.Metrics.CommittedBytes), series.Peak!.Counters.CommittedBytes);
        Assert.Equal(
            series.Samples.First(sample => sample.Metrics.CommittedBytes == series.Peak.Counters.CommittedBytes).Index,
            series.PeakIndex);
    }

    [Fact]
    public void SamplesHoldTheMetricsOfTheirMoment()
    {
        LayoutSeries series = new();
        SimulationResult result = Simulator.Run(
            WorkloadReader.Read(["alloc a 1000", "alloc b 3000", "free a"]),
            AllocatorModels.ByName("nginx-slab"), AllocatorModels.Create("nginx-slab"), series: series);

        Assert.Equal([1_000, 3_000], series.Samples.Where(sample => sample.Index != 1).Select(sample => sample.Metrics.LiveRequestedBytes));
        Assert.Equal(result.Metrics.Trapped, series.Samples[^1].Metrics.Trapped);
    }

    private static LayoutSeries Play(IEnumerable<AllocationEvent> events, string model = "nginx-slab")
    {
        LayoutSeries series = new();
        Simulator.Run(new AllocationTrace(events), AllocatorModels.ByName(model), AllocatorModels.Create(model), series: series);
        return series;
    }
}
