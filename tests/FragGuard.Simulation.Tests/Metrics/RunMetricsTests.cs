using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Metrics;

/// <summary>The numbers of a run, worked out by hand from the definitions.</summary>
public sealed class RunMetricsTests
{
    /// <summary>
    /// Two pages, both cut for the zone's own records: 31 free slots of 128 bytes and 126 of 32, 8 000 bytes together.
    /// </summary>
    private static readonly KeyValuePair<string, string>[] TwoPages = [new("zone", "12k")];

    [Theory]
    [InlineData(7_931, 1)]
    [InlineData(7_932, 0)]
    public void RefusedEntry_CountsWithItsNodeAndKey(int valueBytes, int failedWithSpace)
    {
        SimulationResult result = Run("lua-shared-dict", $"safe_set k {valueBytes}");

        Assert.Equal(8_000, result.Metrics.FreeBytes);
        Assert.Equal(1, result.Refused);
        Assert.Equal(failedWithSpace, result.Run.FailedWithSpace);
    }

    [Theory]
    [InlineData(6_144, 1)]
    [InlineData(6_145, 0)]
    public void RefusedBlock_CountsWithItsBytes(int bytes, int failedWithSpace)
    {
        SimulationResult result = Run("nginx-slab", "alloc a 2048", $"alloc b {bytes}");

        Assert.Equal(6_144, result.Metrics.FreeBytes);
        Assert.Equal(1, result.Refused);
        Assert.Equal(failedWithSpace, result.Run.FailedWithSpace);
    }

    /// <summary>Two pages are free; the item limit of 1 MiB refuses the values.</summary>
    [Theory]
    [InlineData(2_000_000)]
    [InlineData(1_048_576)]
    [InlineData(1_048_570)]
    public void ItemAboveTheLimit_IsNotRefusedWithSpace(int valueBytes)
    {
        SimulationResult result = RunMemcached("set a 300", "set b 5000", "delete a", "delete b", $"set k {valueBytes}");

        Assert.InRange(result.Metrics.FreeBytes, 2_050_000, 2 << 20);
        Assert.Equal((1L, 0L), (result.Refused, result.Run.FailedWithSpace));
    }

    [Fact]
    public void ItemWithinTheLimit_IsRefusedWithSpaceOfAnotherClass()
    {
        IEnumerable<string> sets = Enumerable.Range(0, 10_000).Select(key => $"set k{key} 40");

        SimulationResult result = RunMemcached(["set b 5000", "delete b", .. sets, "safe_set new 40"]);

        Assert.Equal((1L, 1L), (result.Refused, result.Run.FailedWithSpace));
    }

    [Fact]
    public void OverheadIsTakenAtThePeaksAndOnAverage()
    {
        SimulationResult result = Run("nginx-slab", "trim", "alloc a 1024", "alloc b 2048", "free b", "free a");

        Assert.Equal(new RunMetrics(3_072, 12_288, (12_288.0 / 3_072) - 1, (11.0 + 3 + 11) / 3, 0), result.Run);
    }

    private static SimulationResult Run(string model, params string[] lines) =>
        Simulator.Run(WorkloadReader.Read(lines), model, TwoPages);

    private static SimulationResult RunMemcached(params string[] lines) =>
        Simulator.Run(WorkloadReader.Read(lines), "memcached", [new("memory", "2m")]);
}
