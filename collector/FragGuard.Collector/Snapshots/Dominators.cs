using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Snapshots;

/// <summary>
/// The object that every way from the roots to an object goes through, the nearest such; with it an object's retained
/// bytes: what would be free without the object. Semi-NCA of Georgiadis, Tarjan and Werneck (Finding Dominators in
/// Practice, 2006), iterative.
/// </summary>
internal sealed class Dominators
{
    private readonly DepthFirstOrder _order;
    private readonly int[] _dominator;
    private readonly long[] _retainedBytes;

    public Dominators(ReferenceGraph graph, DepthFirstOrder order, ChunkedList<HeapObject> objects)
    {
        _order = order;
        _dominator = Find(graph, order);
        _retainedBytes = new long[order.Count];
        for (int rank = order.Count - 1; rank > 0; rank--)
        {
            _retainedBytes[rank] += objects[order.Number[rank]].AlignedBytes;
            _retainedBytes[_dominator[rank]] += _retainedBytes[rank];
        }
    }

    /// <summary>Bytes of all objects the roots reach.</summary>
    public long ReachedBytes => _retainedBytes[0];

    /// <summary>Bytes of the object and of all that only it keeps alive; 0 when no root leads to it.</summary>
    public long RetainedBytes(int number) =>
        _order.Rank[number] is var rank and >= 0 ? _retainedBytes[rank] : 0;

    /// <summary>Nearest object that all ways to this one go through; the graph's root, or −1 when no root leads here.</summary>
    public int Of(int number) =>
        _order.Rank[number] is var rank and > 0 ? _order.Number[_dominator[rank]] : -1;

    private static int[] Find(ReferenceGraph graph, DepthFirstOrder order)
    {
        (int[] first, int[] sources) = Referrers(graph, order);
        int count = order.Count;
        int[] ancestor = order.Parent.AsSpan(0, count).ToArray();
        int[] semi = new int[count];
        int[] label = new int[count];
        for (int i = 0; i < count; i++)
        {
            semi[i] = i;
            label[i] = i;
        }

        List<int> path = [];
        for (int rank = count - 1; rank > 0; rank--)
        {
            int best = order.Parent[rank];
            for (int i = first[rank]; i < first[rank + 1]; i++)
                best = Math.Min(best, semi[Evaluate(sources[i], rank + 1, ancestor, semi, label, path)]);
            semi[rank] = best;
        }

        int[] dominator = order.Parent.AsSpan(0, count).ToArray();
        for (int rank = 1; rank < count; rank++)
        {
            int candidate = dominator[rank];
            while (candidate > semi[rank])
                candidate = dominator[candidate];
            dominator[rank] = candidate;
        }

        return dominator;
    }

    /// <summary>
    /// The rank with the smallest semidominator on the way up from here through ranks that have theirs already, which
    /// are those from <paramref name="lastLinked"/> on. Shortens the way for the next one.
    /// </summary>
    private static int Evaluate(int rank, int lastLinked, int[] ancestor, int[] semi, int[] label, List<int> path)
    {
        if (ancestor[rank] < lastLinked)
            return rank < lastLinked ? rank : label[rank];

        path.Clear();
        int top = rank;
        while (ancestor[top] >= lastLinked)
        {
            path.Add(top);
            top = ancestor[top];
        }

        int root = ancestor[top];
        int best = label[top];
        for (int i = path.Count - 1; i >= 0; i--)
        {
            int at = path[i];
            if (semi[label[at]] < semi[best])
                best = label[at];
            else
                label[at] = best;
            ancestor[at] = root;
        }

        return label[rank];
    }

    /// <summary>For each rank the ranks that refer to it: those of rank r are sources[first[r]] to sources[first[r + 1]].</summary>
    private static (int[] First, int[] Sources) Referrers(ReferenceGraph graph, DepthFirstOrder order)
    {
        int[] first = new int[order.Count + 1];
        for (int rank = 0; rank < order.Count; rank++)
        {
            foreach (int target in graph.Of(order.Number[rank]))
                first[order.Rank[target]]++;
        }

        int sum = 0;
        for (int rank = 0; rank <= order.Count; rank++)
        {
            sum += first[rank];
            first[rank] = sum;
        }

        int[] sources = new int[sum];
        for (int rank = order.Count - 1; rank >= 0; rank--)
        {
            foreach (int target in graph.Of(order.Number[rank]))
                sources[--first[order.Rank[target]]] = rank;
        }

        return (first, sources);
    }
}
