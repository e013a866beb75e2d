using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots.Caches;

/// <summary>
/// Dictionary: instance → array of entries. An array of entries refers to the key and the value of each entry in turn;
/// null and what is no object is not there, and neither are removed entries (Dictionary.cs of dotnet/runtime, .NET 8 to
/// 10). So entries can be counted where either keys or values are objects, or where the types tell them apart.
/// </summary>
internal sealed class DictionaryShape : ICacheShape
{
    private const string Definition = "System.Collections.Generic.Dictionary`2";
    private const string Text = "System.String";

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
                HashSet<int> repeated = Repeated(parts);
                foreach (int part in parts)
                    AddValue(array, part, repeated, tally);
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
        if (TryReadPairs(graph, array, parts, key, value, tally))
            return;
        tally.Entries = null;
        tally.HasValues = false;
    }

    /// <summary>
    /// A key that follows a key belongs to an entry whose value is null, unless it may be a value itself.
    /// </summary>
    private static bool TryReadPairs(
        ObjectGraph graph, int array, ReadOnlySpan<int> parts, HeapType key, HeapType value, CacheTally tally)
    {
        HashSet<int> repeated = Repeated(parts);
        bool isValueExact = IsSealed(value);
        long entries = 0;
        for (int i = 0; i < parts.Length; entries++)
        {
            if (graph.TypeOf(parts[i]).Id != key.Id)
                return false;
            ulong next = i + 1 < parts.Length ? graph.TypeOf(parts[i + 1]).Id : key.Id;
            bool hasValue = next != key.Id;
            if (hasValue ? isValueExact && next != value.Id : MayHold(value, key))
                return false;
            if (hasValue)
                AddValue(array, parts[i + 1], repeated, tally);
            else
                tally.AddValue(array, []);
            i += hasValue ? 2 : 1;
        }

        tally.Entries = entries;
        return true;
    }

    /// <summary>Whether a key might be a value, as far as a snapshot tells: it has no base types and no interfaces.</summary>
    private static bool MayHold(HeapType value, HeapType key)
    {
        if (value.Id == key.Id || TypeNames.Is(value, "System.Object"))
            return true;
        return TypeNames.Is(key, Text) ? TypeNames.IsLibraryInterface(value) : !IsSealed(value);
    }

    private static bool IsSealed(HeapType type) => type.IsArray || TypeNames.Is(type, Text);

    private static void AddValue(int array, int value, HashSet<int> repeated, CacheTally tally)
    {
        if (repeated.Contains(value))
            tally.AddSharedValue();
        else
            tally.AddValue(array, [value]);
    }

    // One array holds all entries, so that a value of two of them has no other holder than the array.
    private static HashSet<int> Repeated(ReadOnlySpan<int> parts)
    {
        HashSet<int> once = new(parts.Length);
        HashSet<int> repeated = [];
        foreach (int part in parts)
        {
            if (!once.Add(part))
                repeated.Add(part);
        }

        return repeated;
    }
}
