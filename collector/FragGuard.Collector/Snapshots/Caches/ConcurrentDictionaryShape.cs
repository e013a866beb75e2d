using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>
/// ConcurrentDictionary: instance → Tables → array of buckets → chains of nodes. A node refers to its key, its value and
/// the next node, in this order; whichever is no object is not there (ConcurrentDictionary.cs of dotnet/runtime, .NET 8
/// to 10).
/// </summary>
internal sealed class ConcurrentDictionaryShape : ICacheShape
{
    private const string Definition = "System.Collections.Concurrent.ConcurrentDictionary`2";

    public CacheKind Kind => CacheKind.ConcurrentDictionary;

    public bool IsOf(HeapType type) => TypeNames.IsGeneric(type, Definition) && type.Arguments.Count == 2;

    public void Read(ObjectGraph graph, int instance, CacheTally tally)
    {
        HeapType type = graph.TypeOf(instance);
        HeapType? key = graph.Types.Find(type.Arguments[0]);
        HeapType? value = graph.Types.Find(type.Arguments[1]);
        tally.HasValues = key is not null && !key.IsStruct && value is { IsPlain: false };
        bool hasKey = key is { IsReference: true };
        foreach ((int node, int[] parts) in Nodes(graph, instance))
        {
            tally.Entries++;
            if (tally.HasValues)
                tally.AddValue(node, parts.AsSpan(Math.Min(hasKey ? 1 : 0, parts.Length)));
        }
    }

    /// <summary>Every node, with what it refers to besides the next one.</summary>
    public static IEnumerable<(int Node, int[] Parts)> Nodes(ObjectGraph graph, int instance)
    {
        int seen = 0;
        foreach (int bucket in Buckets(graph, instance))
        {
            for (int node = bucket; node >= 0 && seen <= graph.Count; seen++)
            {
                (int next, int[] parts) = Split(graph, node);
                yield return (node, parts);
                node = next;
            }
        }
    }

    private static int[] Buckets(ObjectGraph graph, int instance)
    {
        foreach (int tables in graph.ReferencesOf(instance))
        {
            if (!TypeNames.IsNamed(graph.TypeOf(tables), "Tables"))
                continue;
            foreach (int array in graph.ReferencesOf(tables))
            {
                if (IsBuckets(graph, graph.TypeOf(array)))
                    return graph.ReferencesOf(array).ToArray();
            }
        }

        return [];
    }

    private static bool IsBuckets(ObjectGraph graph, HeapType type) =>
        type.IsArray && type.Arguments.Count == 1 && graph.Types.Find(type.Arguments[0]) is { } element
        && (TypeNames.IsNamed(element, "VolatileNode") || TypeNames.IsNamed(element, "Node"));

    private static (int Next, int[] Parts) Split(ObjectGraph graph, int node)
    {
        int next = -1;
        List<int> parts = [];
        foreach (int target in graph.ReferencesOf(node))
        {
            if (graph.TypeIndexOf(target) == graph.TypeIndexOf(node))
                next = target;
            else
                parts.Add(target);
        }

        return (next, [.. parts]);
    }
}
