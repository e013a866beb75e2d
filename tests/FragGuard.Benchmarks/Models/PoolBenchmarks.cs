using System.Buffers;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Benchmarks.Models;

/// <summary>Operations per second of the models of pools, and of the pool they follow, over the same churn.</summary>
[ShortRunJob, MemoryDiagnoser]
public class PoolBenchmarks
{
    private const int Operations = 1_000_000;
    private const int Slots = 1_024;

    private readonly AllocationEvent[] _events = BlockChurn.Closed(BlockChurn.Events(Operations, slots: Slots));
    private readonly byte[]?[] _arrays = new byte[Slots][];
    private readonly IAllocatorModel _shared = AllocatorModels.Create("dotnet-arraypool-shared");
    private readonly IAllocatorModel _created = AllocatorModels.Create("dotnet-arraypool-create");
    private readonly IAllocatorModel _objects = AllocatorModels.Create("dotnet-objectpool");
    private readonly IAllocatorModel _streams = AllocatorModels.Create("recyclable-streams");

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public void RealSharedPool()
    {
        foreach (AllocationEvent next in _events)
        {
            ref byte[]? array = ref _arrays[next.Id];
            if (next.Kind == AllocationEventKind.Allocate)
            {
                array = ArrayPool<byte>.Shared.Rent((int)next.Bytes);
                continue;
            }

            ArrayPool<byte>.Shared.Return(array!);
            array = null;
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public long SharedPool() => BlockChurn.Play(_shared, _events);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long CreatedPool() => BlockChurn.Play(_created, _events);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long ObjectPool() => BlockChurn.Play(_objects, _events);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long RecyclableStreams() => BlockChurn.Play(_streams, _events);
}
