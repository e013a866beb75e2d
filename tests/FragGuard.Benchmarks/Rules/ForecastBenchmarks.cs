using BenchmarkDotNet.Attributes;
using FragGuard.Analyzers.Rules.Native;
using FragGuard.Analyzers.Rules.Pools;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks.Rules;

/// <summary>What a rule waits for when it meets a mix of sizes for the first time; the goal is 2 ms.</summary>
[ShortRunJob, MemoryDiagnoser]
public class ForecastBenchmarks
{
    [Benchmark]
    public object? BoundedPool() => BoundedPoolForecast.Of([new(100, 1 << 20)], 1_000, new CreatedPoolBuckets(1 << 20, 1_000), 1);

    /// <summary>Six simulations.</summary>
    [Benchmark(OperationsPerInvoke = 6)]
    public object? Lifetimes() => LifetimeAdvisor.InZone(
        new LifetimeMix([new(300_000, 500_000, 86_400), new(1_000_000, 2_000_000, 60)]), "nginx-slab", 4L << 30);

    [Benchmark]
    public object? NativeHeap() => SizeShift.OnHeap([new(64, 20_000)], "glibc");

    [Benchmark]
    public object? Zone() => SizeShift.InZone([new(64, 65_536)], "nginx-slab", 64 << 20);
}
