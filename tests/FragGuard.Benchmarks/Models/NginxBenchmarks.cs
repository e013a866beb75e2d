using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks.Models;

/// <summary>Operations per second of the nginx models, counters read after each as the simulator does.</summary>
[ShortRunJob, MemoryDiagnoser]
public class NginxBenchmarks
{
    private const int Operations = 1_000_000;
    private const int Keys = 20_000;

    private readonly AllocationEvent[] _entries = new AllocationEvent[Operations];
    private readonly AllocationEvent[] _lists = new AllocationEvent[Operations];
    private AllocationEvent[] _blocks = [];
    private readonly IAllocatorModel _slab = Model("nginx-slab", "64m");
    private readonly IAllocatorModel _dict = Model("lua-shared-dict", "64m");
    private readonly IAllocatorModel _fullDict = Model("lua-shared-dict", "4m");
    private readonly IAllocatorModel _listDict = Model("lua-shared-dict", "4m");

    [GlobalSetup]
    public void DrawTraces()
    {
        _blocks = BlockChurn.Closed(BlockChurn.Events(Operations));
        SeededRandom random = new(1);
        for (int i = 0; i < Operations; i++)
        {
            AllocationEventKind kind = random.Next(1, 10) switch
            {
                <= 4 => AllocationEventKind.Set,
                <= 9 => AllocationEventKind.Get,
                _ => AllocationEventKind.Delete,
            };
            long bytes = kind == AllocationEventKind.Set ? random.Next(1, 500) : 0;
            _entries[i] = new AllocationEvent(kind, random.Next(1, Keys), bytes, KeyBytes: 8);
            kind = (AllocationEventKind)random.Next((long)AllocationEventKind.PushLeft, (long)AllocationEventKind.PopRight);
            _lists[i] = new AllocationEvent(kind, random.Next(1, Keys), random.Next(1, 100), KeyBytes: 8);
        }
    }

    /// <summary>The churn that the real allocator is timed with.</summary>
    [Benchmark(OperationsPerInvoke = Operations)]
    public long SlabChurn() => BlockChurn.Play(_slab, _blocks);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long DictEntries() => BlockChurn.Play(_dict, _entries);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long DictEntriesWithEviction() => BlockChurn.Play(_fullDict, _entries);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long DictLists() => BlockChurn.Play(_listDict, _lists);

    private static IAllocatorModel Model(string name, string zone) =>
        AllocatorModels.Create(name, [new KeyValuePair<string, string>("zone", zone)]);
}
