using System.Collections.Generic;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Benchmarks.Models;

/// <summary>
/// Operations per second of the memcached model on 64 Ki keys, counters read after each as the simulator does; against
/// the same churn on the model of nginx's zones, whose dictionary evicts too.
/// </summary>
[ShortRunJob, MemoryDiagnoser]
public class MemcachedBenchmarks
{
    private const int Operations = 1 << 18;

    private readonly AllocationEvent[] _events = new AllocationEvent[Operations];
    private readonly IAllocatorModel _roomy = Warm("memcached", "memory", "64m");
    private readonly IAllocatorModel _evicting = Warm("memcached", "memory", "16m");
    private readonly IAllocatorModel _flat = Warm("memcached", "memory", "16m", "modern", "false");
    private readonly IAllocatorModel _dict = Warm("lua-shared-dict", "zone", "16m");

    public MemcachedBenchmarks() => Draw().CopyTo(_events, 0);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long Roomy() => BlockChurn.Play(_roomy, _events);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long Evicting() => BlockChurn.Play(_evicting, _events);

    [Benchmark(OperationsPerInvoke = Operations)]
    public long EvictingFlat() => BlockChurn.Play(_flat, _events);

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public long LuaSharedDict() => BlockChurn.Play(_dict, _events);

    private static AllocationEvent[] Draw()
    {
        SeededRandom random = new(1);
        AllocationEvent[] events = new AllocationEvent[Operations];
        for (int i = 0; i < events.Length; i++)
        {
            long key = random.Next(1, BlockChurn.Slots);
            AllocationEventKind kind = random.Next(1, 4) switch
            {
                1 => AllocationEventKind.Delete,
                2 => AllocationEventKind.Get,
                _ => AllocationEventKind.Set,
            };
            events[i] = new AllocationEvent(
                kind, key, kind == AllocationEventKind.Set ? random.Next(16, 1_016) : 0, KeyBytes: 8);
        }

        return events;
    }

    /// <summary>A model that has played the events once: its tables have their size.</summary>
    private static IAllocatorModel Warm(string name, params string[] settings)
    {
        Dictionary<string, string> given = [];
        for (int i = 0; i < settings.Length; i += 2)
            given.Add(settings[i], settings[i + 1]);
        IAllocatorModel model = AllocatorModels.Create(name, given);
        BlockChurn.Play(model, Draw());
        return model;
    }
}
