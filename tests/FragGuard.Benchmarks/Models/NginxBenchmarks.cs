using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks.Models;

/// <summary>Operations per second of the nginx models, counters read after each as the simulator does.</summary>
[ShortRunJob]
public class NginxBenchmarks
{
    private const int Operations = 1_000_000;
    private const int Keys = 20_000;

    private readonly AllocationEvent[] _blocks = new AllocationEvent[Operations];
    private readonly AllocationEvent[] _entries = new AllocationEvent[Operations];

    [GlobalSetup]
    public void DrawTraces()
    {
        SeededRandom random = new(1);
        List<long> live = [];
        for (int i = 0; i < Operations; i++)
        {
            _blocks[i] = NextBlock(random, live, i);
            long key = random.Next(1, Keys);
            AllocationEventKind kind = random.Next(1, 10) switch
            {
                <= 4 => AllocationEventKind.Set,
                <= 9 => AllocationEventKind.Get,
                _ => AllocationEventKind.Delete,
            };
            _entries[i] = new AllocationEvent(
                kind, key, kind == AllocationEventKind.Set ? random.Next(1, 500) : 0, KeyBytes: 8);
        }
    }

    [Benchmark(OperationsPerInvoke = Operations)]
    public long SlabBlocks() => Play("nginx-slab", _blocks);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long DictEntriesWithEviction() => Play("lua-shared-dict", _entries);

    private static AllocationEvent NextBlock(SeededRandom random, List<long> live, int id)
    {
        if (live.Count < Keys / 2 || (live.Count < Keys && random.Next(0, 1) == 0))
        {
            live.Add(id);
            return new AllocationEvent(AllocationEventKind.Allocate, id, random.Next(8, 512));
        }

        int freed = (int)random.Next(0, live.Count - 1);
        long freedId = live[freed];
        live[freed] = live[^1];
        live.RemoveAt(live.Count - 1);
        return new AllocationEvent(AllocationEventKind.Free, freedId);
    }

    private static long Play(string name, AllocationEvent[] events)
    {
        IAllocatorModel model =
            AllocatorModels.Create(name, [new KeyValuePair<string, string>("zone", "4m")]);
        long freeBytes = 0;
        foreach (AllocationEvent next in events)
        {
            model.Apply(next);
            HeapCounters counters = model.Counters;
            freeBytes += counters.FreeBytes;
        }

        return freeBytes;
    }
}
