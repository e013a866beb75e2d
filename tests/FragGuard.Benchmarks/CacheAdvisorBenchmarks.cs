using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks;

/// <summary>
/// One piece of advice, as a rule asks for it inside the compiler: 8 simulations of the cache as written, of which 4 where
/// GCs block, and 5 of remedies.
/// </summary>
[ShortRunJob, MemoryDiagnoser]
public class CacheAdvisorBenchmarks
{
    private SizeMix _mix = new([new SizeMixPart(90_000, 1_000_000)]);

    /// <summary>4,800 is what the rules ask for.</summary>
    [Params(4_800, 24_000)]
    public int Replacements { get; set; }

    [GlobalSetup]
    public void SetUp() => _mix = _mix with { Replacements = Replacements };

    [Benchmark]
    public CacheAdvice OnGcHeap() => CacheAdvisor.OnGcHeap(_mix);

    [Benchmark]
    public CacheAdvice OnBlockingGcHeap() => CacheAdvisor.OnGcHeap(_mix, new GcHeapAssumptions(IsConcurrent: false));

    [Benchmark]
    public CacheAdvice InZone() => CacheAdvisor.InZone(
        _mix with { Parts = [new SizeMixPart(200, 4_000), new SizeMixPart(20_000, 100_000)] }, "lua-shared-dict", 40 << 20);
}
