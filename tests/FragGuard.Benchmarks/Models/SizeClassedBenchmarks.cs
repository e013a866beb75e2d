using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Benchmarks.Models;

/// <summary>
/// Operations per second of the allocators of size classes, in the churn that the other block models play too.
/// </summary>
[ShortRunJob]
[MemoryDiagnoser]
public class SizeClassedBenchmarks
{
    private const int Operations = 1_000_000;

    private readonly AllocationEvent[] _small = BlockChurn.Closed(BlockChurn.Events(Operations));
    private readonly AllocationEvent[] _mixed =
        BlockChurn.Closed(BlockChurn.Events(Operations, minBytes: 16, maxBytes: 100_000, slots: 4_096));

    private IAllocatorModel? _model;

    [Params("jemalloc", "mimalloc", "tcmalloc", "nginx-slab")]
    public string Model { get; set; } = string.Empty;

    [GlobalSetup]
    public void Create()
    {
        _model = Model is "nginx-slab"
            ? AllocatorModels.Create(Model, [new("zone", "512m")])
            : AllocatorModels.Create(Model);
        BlockChurn.Play(_model, _small);
        BlockChurn.Play(_model, _mixed);
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public long SmallBlocks() => BlockChurn.Play(_model!, _small);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long MixedBlocks() => BlockChurn.Play(_model!, _mixed);
}
