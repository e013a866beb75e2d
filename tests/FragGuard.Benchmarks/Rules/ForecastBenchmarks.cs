using BenchmarkDotNet.Attributes;
using FragGuard.Analyzers.Rules.Native;
using FragGuard.Analyzers.Rules.Pools;

namespace FragGuard.Benchmarks.Rules;

/// <summary>What a rule waits for when it meets a mix of sizes for the first time; the goal is 2 ms.</summary>
[ShortRunJob, MemoryDiagnoser]
public class ForecastBenchmarks
{
    [Benchmark]
    public object? BoundedPool() => BoundedPoolForecast.Of([new(100, 1 << 20)], 1_000, new CreatedPoolBuckets(1 << 20, 1_000), 1);

    [Benchmark]
    public object? NativeHeap() => SizeShift.OnHeap([new(64, 20_000)], "glibc");

    [Benchmark]
    public object? Zone() => SizeShift.InZone([new(64, 65_536)], "nginx-slab", 64 << 20);
}
