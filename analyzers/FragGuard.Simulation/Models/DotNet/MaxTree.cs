using System;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// A row of numbers that answers, in logarithmic time, where the first one of at least a given size stands: a binary
/// tree of maxima over an array whose length is a power of two. 0 means that nothing stands there.
/// </summary>
internal sealed class MaxTree
{
    /// <summary>Node 1 is the root, node i has the children 2i and 2i + 1, position p is the leaf p + Capacity.</summary>
    private long[] _maxima;

    /// <param name="capacity">Number of positions, a power of two.</param>
    public MaxTree(int capacity)
    {
        Capacity = capacity;
        _maxima = new long[2 * capacity];
    }

    public int Capacity { get; private set; }

    public long this[int position] => _maxima[position + Capacity];

    /// <summary>Empties the tree and makes room for another count of numbers.</summary>
    public void Reset(int capacity)
    {
        if (capacity == Capacity)
        {
            Array.Clear(_maxima, 0, _maxima.Length);
            return;
        }

        Capacity = capacity;
        _maxima = new long[2 * capacity];
    }

    /// <summary>Empties the positions [from, to), outside which the tree is empty.</summary>
    public void Clear(int from, int to)
    {
        if (from >= to)
            return;
        int last = to - 1 + Capacity;
        for (int first = from + Capacity; first > 0; first >>= 1, last >>= 1)
            Array.Clear(_maxima, first, last - first + 1);
    }

    /// <summary>Puts a number without telling the tree; <see cref="Build"/> has to follow before a search.</summary>
    public void Put(int position, long number) => _maxima[position + Capacity] = number;

    /// <summary>Takes up what was put at the positions [from, to).</summary>
    public void Build(int from, int to)
    {
        long[] maxima = _maxima;
        int first = from + Capacity;
        int last = to - 1 + Capacity;
        while (first > 1)
        {
            first >>= 1;
            last >>= 1;
            for (int node = first; node <= last; node++)
                maxima[node] = Math.Max(maxima[2 * node], maxima[(2 * node) + 1]);
        }
    }

    public void Set(int position, long number)
    {
        long[] maxima = _maxima;
        int node = position + Capacity;
        long before = maxima[node];
        maxima[node] = number;
        for (node >>= 1; node > 0 && number > maxima[node]; node >>= 1)
            maxima[node] = number;
        for (; node > 0 && number < before && maxima[node] == before; node >>= 1)
        {
            maxima[node] = Math.Max(maxima[2 * node], maxima[(2 * node) + 1]);
            if (maxima[node] == before)
                return;
        }
    }

    /// <summary>First position from <paramref name="from"/> on with at least that number; −1 when there is none.</summary>
    /// <param name="from">First position to look at.</param>
    /// <param name="least">A number above 0.</param>
    public int First(int from, long least)
    {
        long[] maxima = _maxima;
        int node = 1;
        if (from > 0)
        {
            if (from >= Capacity)
                return -1;
            node = from + Capacity;
            while (maxima[node] < least)
            {
                while ((node & 1) != 0)
                    node >>= 1;
                if (node == 0)
                    return -1;
                node++;
            }
        }

        if (maxima[node] < least)
            return -1;
        while (node < Capacity)
        {
            node <<= 1;
            node += maxima[node] < least ? 1 : 0;
        }

        return node - Capacity;
    }
}
