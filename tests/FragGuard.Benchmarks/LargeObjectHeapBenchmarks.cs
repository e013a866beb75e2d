using System.Linq;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks;

/// <summary>600 arrays of 90 KB to 1 MB, 12,000 of them replaced; per event.</summary>
[ShortRunJob, MemoryDiagnoser]
public class LargeObjectHeapBenchmarks
{
    private const int Entries = 600;
    private const int Replacements = 12_000;

    private readonly AllocationTrace _trace = new(SyntheticWorkload.Blocks(
        new SizeMix([new SizeMixPart(90_000, 1_000_000)], Entries, Replacements)).Events.ToArray());

    [Params("self", "background")]
    public string Gc { get; set; } = "self";

    [Benchmark(OperationsPerInvoke = Entries + (2 * Replacements))]
    public SimulationResult Play() => Simulator.Run(_trace, "dotnet-loh", [new("gc", Gc)]);
}
