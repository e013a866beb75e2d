using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.DotNet;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Tests.Models.DotNet;

/// <summary>A large object heap model with the operations its tests speak in.</summary>
internal sealed class LohTrace
{
    /// <summary>Offset of the first object: region header and pad.</summary>
    public const long First = 72;

    /// <summary>Bytes of an object beyond its payload, where that is a multiple of 8: header and pad.</summary>
    public const long Extra = 56;

    private readonly List<GcSample> _collections = [];

    public LohTrace(string gc = "scripted", params (string Key, string Value)[] settings)
    {
        List<KeyValuePair<string, string>> all = [new("gc", gc)];
        foreach ((string key, string value) in settings)
            all.Add(new(key, value));
        Model = (LargeObjectHeapModel)AllocatorModels.Create("dotnet-loh", all);
        Model.Collected = _collections.Add;
    }

    public LargeObjectHeapModel Model { get; }

    /// <summary>Every full GC so far, oldest first.</summary>
    public IReadOnlyList<GcSample> Collections => _collections;

    public HeapCounters Counters => Model.Counters;

    public long Allocate(long id, long bytes) =>
        Model.Apply(new AllocationEvent(AllocationEventKind.Allocate, id, bytes)).OffsetBytes;

    public void Free(params long[] ids)
    {
        foreach (long id in ids)
            Model.Apply(new AllocationEvent(AllocationEventKind.Free, id));
    }

    public void Trim() => Model.Apply(new AllocationEvent(AllocationEventKind.Trim, 0));

    public void Time(long milliseconds) =>
        Model.Apply(new AllocationEvent(AllocationEventKind.Time, 0, Milliseconds: milliseconds));

    /// <summary>Objects come and go at random, and now and then a full GC runs.</summary>
    public static AllocationTrace Random(
        ulong seed, int operations, long maxBytes, int collectEvery, long minBytes = 84_976)
    {
        SeededRandom random = new(seed);
        List<AllocationEvent> events = [];
        List<long> live = [];
        for (int i = 0; i < operations; i++)
        {
            if (live.Count > 200 || (live.Count > 0 && random.NextRatio() < 0.4))
            {
                int victim = (int)random.Next(0, live.Count - 1);
                events.Add(new AllocationEvent(AllocationEventKind.Free, live[victim]));
                live.RemoveAt(victim);
            }
            else
            {
                live.Add(i);
                events.Add(new AllocationEvent(AllocationEventKind.Allocate, i, random.Next(minBytes, maxBytes)));
            }

            if (collectEvery > 0 && random.Next(1, collectEvery) == 1)
                events.Add(new AllocationEvent(AllocationEventKind.Trim, 0));
        }

        return new AllocationTrace(events);
    }
}
