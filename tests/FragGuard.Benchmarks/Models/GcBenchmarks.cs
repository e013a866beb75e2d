using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Benchmarks.Models;

/// <summary>Events per second of the GC heap models, counters read after each as the simulator does.</summary>
[ShortRunJob, MemoryDiagnoser]
public class GcBenchmarks
{
    private const int Operations = 1_000_000;

    private readonly AllocationEvent[] _large =
        BlockChurn.Closed(BlockChurn.Events(Operations, minBytes: 90_000, maxBytes: 1_000_000, slots: 1_024));

    private readonly AllocationEvent[] _small = BlockChurn.Closed(BlockChurn.Events(Operations));

    private readonly Dictionary<string, IAllocatorModel> _models = [];

    /// <summary>The yardstick of the same run.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public long NginxSlab() => Play("nginx-slab", _small);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long LargeObjects() => Play("dotnet-loh", _large);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long PinnedObjects() => Play("dotnet-poh", _small);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long OldObjects() => Play("dotnet-gen2", _small);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long AllHeaps() => Play("dotnet-gc", _small);

    private long Play(string name, AllocationEvent[] events)
    {
        if (!_models.TryGetValue(name, out IAllocatorModel? model))
        {
            string zone = name is "nginx-slab" ? "64m" : string.Empty;
            model = AllocatorModels.Create(name, zone.Length > 0 ? [new("zone", zone)] : []);
            _models.Add(name, model);
        }

        return BlockChurn.Play(model, events);
    }
}
