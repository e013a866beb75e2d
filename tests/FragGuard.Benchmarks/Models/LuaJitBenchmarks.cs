using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Benchmarks.Models;

/// <summary>Operations per second of the model of LuaJIT's allocator, against the nginx slab over the same churn.</summary>
[ShortRunJob, MemoryDiagnoser]
public class LuaJitBenchmarks
{
    private const int Operations = 1_000_000;

    private readonly AllocationEvent[] _events = BlockChurn.Closed(BlockChurn.Events(Operations));
    private readonly IAllocatorModel _luaJit = AllocatorModels.Create("luajit");
    private readonly IAllocatorModel _slab = AllocatorModels.Create("nginx-slab", [new("zone", "64m")]);

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public long NginxSlab() => BlockChurn.Play(_slab, _events);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long LuaJit() => BlockChurn.Play(_luaJit, _events);
}
