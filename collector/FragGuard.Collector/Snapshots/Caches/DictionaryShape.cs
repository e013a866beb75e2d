using System;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>
/// Dictionary: instance → array of entries. An array of entries refers to the key and the value of each entry in turn;
/// null and what is no object is not there, and neither are removed entries (Dictionary.cs of dotnet/runtime, .NET 8 to
/// 10). So entries can be counted where either keys or values are objects, or where the types tell them apart.
/// </summary>
internal sealed class DictionaryShape : ICacheShape
{
    private const string Definition = "System.Collections.Generic.Dictionary`2";

    public CacheKind Kind => CacheKind.Dictionary;

    public bool IsOf(HeapType type) => TypeNames.IsGeneric(type, Definition) && type.Arguments.Count == 2;

    public void Read(ObjectGraph graph, int instance, CacheTally tally)
    {
        HeapType type = graph.TypeOf(instance);
        HeapType? key = graph.Types.Find(type.Arguments[0]);
        HeapType? value = graph.Types.Find(type.Arguments[1]);
        int array = Entries(graph, instance);
        ReadOnlySpan<int> parts = array < 0 ? [] : graph.ReferencesOf(array);
        switch (key, value)
        {
            case ({ IsReference: true }, { IsReference: true }):
                ReadPairs(graph, array, parts, key, value, tally);
                break;
            case ({ IsReference: true }, { IsPlain: true }):
                tally.Entries = parts.Length;
                tally.HasValues = false;
                break;
            case ({ IsPlain: true }, { IsReference: true }):
                // An entry whose value is null leaves no trace.
                tally.Entries = null;
                foreach (int part in parts)
                    tally.AddValue(array, [part]);
                break;
            default:
                tally.Entries = array < 0 ? 0 : null;
                tally.HasValues = false;
                break;
        }
    }

    private static int Entries(ObjectGraph graph, int instance)
    {
        foreach (int part in graph.ReferencesOf(instance))
        {
            HeapType type = graph.TypeOf(part);
            if (type.IsArray && type.Arguments.Count == 1 && TypeNames.IsNamed(graph.Types.Find(type.Arguments[0]), "Entry"))
                return part;
        }

        return -1;
    }

    private static void ReadPairs(
        ObjectGraph graph, int array, ReadOnlySpan<int> parts, HeapType key, HeapType value, CacheTally tally)
    {
        bool canTell = value.Id == key.Id || TypeNames.Is(value, "System.Object")
            ? TryReadWhole(graph, array, parts, key, tally)
            : TryReadByType(graph, array, parts, key, value, tally);
        if (canTell)
            return;
        tally.Entries = null;
        tally.HasValues = false;
    }

    /// <summary>Values may be of the keys' type: as long as none is null, every second object is a key.</summary>
    private static bool TryReadWhole(
        ObjectGraph graph, int array, ReadOnlySpan<int> parts, HeapType key, CacheTally tally)
    {
        if (parts.Length % 2 != 0)
            return false;
        for (int i = 0; i < parts.Length; i += 2)
        {
            if (graph.TypeOf(parts[i]).Id != key.Id)
                return false;
            tally.AddValue(array, parts.Slice(i + 1, 1));
        }

        tally.Entries = parts.Length / 2;
        return true;
    }

    /// <summary>
    /// A key that follows a key belongs to an entry whose value is null, as long as all values are of the one type that
    /// the dictionary names: a value of a derived type could be of the keys' type as well.
    /// </summary>
    private static bool TryReadByType(
        ObjectGraph graph, int array, ReadOnlySpan<int> parts, HeapType key, HeapType value, CacheTally tally)
    {
        bool hasNull = false;
        bool hasDerived = false;
        long entries = 0;
        for (int i = 0; i < parts.Length; entries++)
        {
            if (graph.TypeOf(parts[i]).Id != key.Id)
                return false;
            ulong next = i + 1 < parts.Length ? graph.TypeOf(parts[i + 1]).Id : key.Id;
            bool hasValue = next != key.Id;
            hasNull |= !hasValue;
            hasDerived |= hasValue && next != value.Id;
            tally.AddValue(array, hasValue ? parts.Slice(i + 1, 1) : []);
            i += hasValue ? 2 : 1;
        }

        tally.Entries = entries;
        return !(hasNull && hasDerived);
    }
}
