using System;
using System.Collections.Generic;
using System.Linq;
using BenchmarkDotNet.Attributes;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.Benchmarks.Models;

/// <summary>
/// Every model of blocks, and the real malloc of this machine, over the same random churn in the same run: 16 to 1,016
/// bytes over 65,536 slots, half of them full. Per operation; the counters of a model are read after each, as the
/// simulator does.
/// </summary>
[ShortRunJob, MemoryDiagnoser]
public class AgainstGlibcBenchmarks : IDisposable
{
    private const int Operations = 1_000_000;

    private AllocationEvent[] _events = [];
    private IAllocatorModel? _model;
    private NativeMalloc? _malloc;

    [ParamsSource(nameof(Models))]
    public string Model { get; set; } = "";

    public static IEnumerable<string> Models => AllocatorModels.All.Where(info => !info.TakesCacheEvents).Select(info => info.Name);

    [GlobalSetup]
    public void Prepare()
    {
        _events = WithoutRefused(BlockChurn.Closed(BlockChurn.Events(Operations)));
        _model = Create();
        _malloc = new NativeMalloc(_events);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _malloc?.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Operations)]
    public long RealMalloc() => _malloc!.Play();

    [Benchmark(OperationsPerInvoke = Operations)]
    public long Simulated() => BlockChurn.Play(_model!, _events);

    /// <summary>A zone that holds the churn, where the model has zones.</summary>
    private IAllocatorModel Create() => AllocatorModels.Create(
        Model,
        AllocatorModels.ByName(Model).Settings.Where(setting => setting.Key is "zone")
            .Select(setting => new KeyValuePair<string, string>(setting.Key, "64m")));

    /// <summary>The churn without the blocks that the model has no room for, so that it is the same each time.</summary>
    private AllocationEvent[] WithoutRefused(AllocationEvent[] events)
    {
        IAllocatorModel model = Create();
        HashSet<long> refused = [];
        List<AllocationEvent> played = [];
        foreach (AllocationEvent next in events)
        {
            if (next.Kind == AllocationEventKind.Free && refused.Remove(next.Id))
                continue;
            if (model.Apply(next).Answer == EventAnswer.NoMemory)
                refused.Add(next.Id);
            else
                played.Add(next);
        }

        return played.Count > Operations / 2
            ? [.. played]
            : throw new InvalidOperationException($"{Model} refuses most of the churn.");
    }
}
