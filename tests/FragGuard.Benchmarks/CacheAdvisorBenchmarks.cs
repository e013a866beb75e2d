using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks;

/// <summary>One piece of advice, as a rule asks for it inside the compiler.</summary>
[ShortRunJob, MemoryDiagnoser]
public class CacheAdvisorBenchmarks
{
    private static readonly SizeMix Mix = new([new SizeMixPart(90_000, 1_000_000)]);

    [Benchmark]
    public CacheAdvice OnGcHeap() => CacheAdvisor.OnGcHeap(Mix);
}
