using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// Who refers to whom, objects by number. One number more, <see cref="RootNumber"/>, stands for all roots together.
/// References to what is no listed object are left out.
/// </summary>
internal sealed class ReferenceGraph
{
    private readonly int[] _first;
    private readonly int[] _targets;

    /// <param name="draft">Gives up its references.</param>
    public ReferenceGraph(SnapshotDraft draft, AddressIndex index)
    {
        ChunkedList<HeapObject> objects = draft.Objects;
        Dictionary<int, List<int>> dependents = Dependents(draft, index);
        HashSet<int> rooted = Rooted(draft, index);
        int extra = rooted.Count;
        foreach (List<int> values in dependents.Values)
            extra += values.Count;

        _first = new int[objects.Count + 2];
        _targets = new int[draft.References.Count + extra];
        int end = 0;
        int number = 0;
        int left = objects.Count > 0 ? objects[0].References : 0;
        foreach (ArraySegment<ulong> chunk in draft.References.Drain())
        {
            foreach (ulong address in chunk)
            {
                while (left == 0 && number < objects.Count)
                    left = Next(dependents, objects, ref number, ref end);
                if (number == objects.Count)
                    break;
                left--;
                int target = index.Find(address);
                if (target >= 0)
                    _targets[end++] = target;
            }
        }

        IsShort = left > 0;
        while (number < objects.Count)
            Next(dependents, objects, ref number, ref end);
        foreach (int root in rooted)
            _targets[end++] = root;
        _first[RootNumber + 1] = end;
    }

    public int RootNumber => _first.Length - 2;

    /// <summary>Whether the objects claim more references than were listed.</summary>
    public bool IsShort { get; }

    public ReadOnlySpan<int> Of(int number) => _targets.AsSpan(_first[number], _first[number + 1] - _first[number]);

    /// <summary>Where an object's references begin among all of them.</summary>
    public int FirstOf(int number) => _first[number];

    public int Target(int reference) => _targets[reference];

    /// <summary>Ends the references of one object; the next one's number of references.</summary>
    private int Next(Dictionary<int, List<int>> dependents, ChunkedList<HeapObject> objects, ref int number, ref int end)
    {
        if (dependents.Count > 0 && dependents.TryGetValue(number, out List<int>? values))
        {
            foreach (int value in values)
                _targets[end++] = value;
        }

        number++;
        _first[number] = end;
        return number < objects.Count ? objects[number].References : 0;
    }

    private static HashSet<int> Rooted(SnapshotDraft draft, AddressIndex index)
    {
        HashSet<int> rooted = [];
        for (int i = 0; i < draft.Roots.Count; i++)
        {
            int target = index.Find(draft.Roots[i].Target);
            if (target >= 0)
                rooted.Add(target);
        }

        return rooted;
    }

    private static Dictionary<int, List<int>> Dependents(SnapshotDraft draft, AddressIndex index)
    {
        Dictionary<int, List<int>> dependents = [];
        for (int i = 0; i < draft.Dependents.Count; i++)
        {
            int key = index.Find(draft.Dependents[i].Key);
            int value = index.Find(draft.Dependents[i].Value);
            if (key < 0 || value < 0)
                continue;
            if (!dependents.TryGetValue(key, out List<int>? values))
                dependents[key] = values = [];
            values.Add(value);
        }

        return dependents;
    }
}
