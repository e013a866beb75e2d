using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// A row of numbers that answers, in logarithmic time, where the first one of at least a given size stands: a tree of
/// maxima over four children each, which stand side by side. 0 means that nothing stands there. Neither the way down nor
/// a rise takes a branch that depends on the numbers, so that no processor has to guess it.
/// </summary>
internal struct MaxTree
{
    private const int ChildBits = 2;
    private const int LastChild = (1 << ChildBits) - 1;

    /// <summary>The numbers, then their maxima by fours, then the maxima of those, up to the root.</summary>
    private readonly long[] _nodes;
    private readonly int _root;

    /// <param name="capacity">Number of positions that it has at least.</param>
    public MaxTree(int capacity)
    {
        Capacity = 1 << ChildBits;
        while (Capacity < capacity)
            Capacity <<= ChildBits;
        _root = (((Capacity << ChildBits) - 1) / LastChild) - 1;
        _nodes = new long[_root + 1];
    }

    /// <summary>Number of positions, a power of four.</summary>
    public int Capacity { get; }

    /// <summary>The largest number.</summary>
    public readonly long Most => _nodes[_root];

    public readonly long this[int position] => _nodes[position];

    /// <summary>Empties the positions [from, to), outside which the tree is empty.</summary>
    public readonly void Clear(int from, int to)
    {
        if (from >= to)
            return;
        for (int last = to - 1; ; from = ParentOf(from), last = ParentOf(last))
        {
            Array.Clear(_nodes, from, last - from + 1);
            if (from == _root)
                return;
        }
    }

    /// <summary>Puts a number without telling the tree; <see cref="Build"/> has to follow before a search.</summary>
    public readonly void Put(int position, long number) => _nodes[position] = number;

    /// <summary>Takes up what was put at the positions [from, to).</summary>
    public readonly void Build(int from, int to)
    {
        if (from >= to)
            return;
        int last = to - 1;
        while (from != _root)
        {
            from = ParentOf(from);
            last = ParentOf(last);
            for (int node = from; node <= last; node++)
                _nodes[node] = MostOf(_nodes, FirstChildOf(node));
        }
    }

    /// <summary>Puts a number where nothing or a smaller one stands.</summary>
    public readonly void Raise(int position, long number)
    {
        long[] nodes = _nodes;
        nodes[position] = number;
        for (int node = position; node != _root;)
        {
            node = ParentOf(node);
            nodes[node] = Larger(nodes[node], number);
        }
    }

    /// <summary>Puts a number where a larger one stands.</summary>
    public readonly void Lower(int position, long number)
    {
        long[] nodes = _nodes;
        nodes[position] = number;
        for (int node = position; node != _root;)
        {
            long most = MostOf(nodes, node & ~LastChild);
            node = ParentOf(node);
            if (nodes[node] == most)
                return;
            nodes[node] = most;
        }
    }

    /// <summary>First position with at least that number, which is not above the largest one.</summary>
    /// <param name="least">A number above 0.</param>
    public readonly int First(long least) => Down(_root, least);

    /// <summary>First position from <paramref name="from"/> on with at least that number; −1 when there is none.</summary>
    /// <param name="from">First position to look at.</param>
    /// <param name="least">A number above 0.</param>
    public readonly int First(int from, long least)
    {
        if (from == 0)
            return _nodes[_root] >= least ? Down(_root, least) : -1;
        if (from >= Capacity)
            return -1;
        int node = from;
        while (_nodes[node] < least)
        {
            while ((node & LastChild) == LastChild)
                node = ParentOf(node);
            if (node == _root)
                return -1;
            node++;
        }

        return Down(node, least);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long MostOf(long[] nodes, int first) =>
        Larger(Larger(nodes[first], nodes[first + 1]), Larger(nodes[first + 2], nodes[first + 3]));

    /// <summary>The larger one of two numbers of the same sign, without a branch.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Larger(long one, long other)
    {
        long more = one - other;
        return one - (more & (more >> 63));
    }

    private readonly int ParentOf(int node) => (node >> ChildBits) + Capacity;

    private readonly int FirstChildOf(int node) => (node - Capacity) << ChildBits;

    /// <summary>First position below a node whose number is large enough.</summary>
    private readonly int Down(int node, long least)
    {
        long[] nodes = _nodes;
        while (node >= Capacity)
        {
            node = FirstChildOf(node);
            int isSmall = IsSmall(nodes[node], least);
            int areSmall = isSmall & IsSmall(nodes[node + 1], least);
            node += isSmall + areSmall + (areSmall & IsSmall(nodes[node + 2], least));
        }

        return node;
    }

    /// <returns>1 when the number is below the least, otherwise 0.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int IsSmall(long number, long least) => (int)((ulong)(number - least) >> 63);
}
