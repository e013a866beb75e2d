using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots;

/// <summary>A shortest way from a root to each object; where several are as short, one from a static field.</summary>
internal sealed class RootPaths
{
    private const int IsRoot = -1;
    private const int Unreached = -2;

    private readonly int[] _from;
    private readonly Dictionary<int, Root> _roots = [];

    public RootPaths(ReferenceGraph graph, ChunkedList<Root> roots, AddressIndex index)
    {
        _from = new int[graph.RootNumber];
        Array.Fill(_from, Unreached);
        int[] queue = new int[graph.RootNumber];
        int end = 0;
        foreach (bool isStatic in (bool[])[true, false])
        {
            for (int i = 0; i < roots.Count; i++)
            {
                if (roots[i].Kind == RootKind.Static != isStatic || index.Find(roots[i].Target) is not (>= 0 and var number)
                    || _from[number] != Unreached)
                {
                    continue;
                }

                _from[number] = IsRoot;
                _roots[number] = roots[i];
                queue[end++] = number;
            }
        }

        for (int i = 0; i < end; i++)
        {
            foreach (int target in graph.Of(queue[i]))
            {
                if (_from[target] != Unreached)
                    continue;
                _from[target] = queue[i];
                queue[end++] = target;
            }
        }
    }

    /// <summary>The root of the way to an object; null when no root leads to it.</summary>
    public Root? RootOf(int number)
    {
        if (_from[number] == Unreached)
            return null;
        while (_from[number] >= 0)
            number = _from[number];
        return _roots[number];
    }

    /// <summary>The objects before this one on its way, the nearest first, the root's own last.</summary>
    public IEnumerable<int> Holders(int number)
    {
        for (int holder = _from[number]; holder >= 0; holder = _from[holder])
            yield return holder;
    }
}
