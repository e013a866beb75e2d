using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The objects whose place in the heap is known: large ones from their log, others where they were sampled.</summary>
internal sealed class LocatedObjects(HeapState heap, SampledObjects samples, LargeObjectLog large)
{
    private const ulong Alignment = 8;

    /// <summary>Finds the objects of each generation, in no order.</summary>
    /// <param name="found">By generation; null where they are not wanted.</param>
    public void Find(List<KnownObject>?[] found)
    {
        FindLarge(found);
        for (int generation = 0; generation < GcLog.Generations; generation++)
            FindSampled(found, samples.In(generation));
        FindSampled(found, samples.Newborn);
    }

    /// <summary>Large objects, in no order.</summary>
    public List<KnownObject> FindLarge()
    {
        List<KnownObject>?[] found = new List<KnownObject>?[GcLog.Generations];
        List<KnownObject> objects = found[GenerationExtent.LargeObjects] = [];
        FindLarge(found);
        FindSampled(found, samples.In(GenerationExtent.LargeObjects));
        FindSampled(found, samples.Newborn);
        return objects;
    }

    private void FindLarge(List<KnownObject>?[] found)
    {
        foreach ((ulong address, LargeObject one) in large.Located)
        {
            if (ListOf(found, address) is not { } objects)
                continue;

            ObjectSource source = new(one.Source, IsLarge: true);
            objects.Add(new KnownObject(address, (ulong)one.Bytes, 1, source, one.BornMs));
        }
    }

    // Of large objects the log knows more than the samples.
    private void FindSampled(List<KnownObject>?[] found, ReadOnlySpan<SampledObject> sampled)
    {
        foreach (ref readonly SampledObject one in sampled)
        {
            if (ListOf(found, one.Address) is not { } objects || large.Located.ContainsKey(one.Address))
                continue;

            ulong bytes = ((ulong)one.Bytes + Alignment - 1) / Alignment * Alignment;
            ObjectSource source = new(one.Source, IsLarge: false);
            objects.Add(new KnownObject(one.Address, bytes, Math.Max(1, one.Objects), source, one.BornMs));
        }
    }

    private List<KnownObject>? ListOf(List<KnownObject>?[] found, ulong address) =>
        heap.Find(address) is { } region ? found[region.Extent.Generation] : null;
}
