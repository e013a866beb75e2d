namespace FragGuard.Simulation.Models.LuaJit;

/// <summary>
/// Free chunks from 256 bytes: 32 digital trees, two per power of two, keyed by size. Chunks of one size form a ring, of
/// which one is in the tree. A search takes the best fit; of equal sizes the one in the tree.
/// </summary>
internal sealed class LuaJitTreeBins
{
    private const int Bins = 32;
    private const int SmallestShift = 8;
    private const int SizeBits = 64;

    private readonly LuaJitChunks _chunks;
    private readonly int[] _roots = new int[Bins];

    public LuaJitTreeBins(LuaJitChunks chunks) => _chunks = chunks;

    /// <summary>Bit i is set when tree i holds a chunk.</summary>
    public uint Map { get; private set; }

    public void Insert(int chunk)
    {
        long bytes = _chunks[chunk].Bytes;
        int bin = BinOf(bytes);
        ref LuaJitChunk added = ref _chunks[chunk];
        (added.Left, added.Right) = (0, 0);
        (added.Forward, added.Back) = (chunk, chunk);
        int at = _roots[bin];
        if (at == 0)
        {
            added.Parent = LuaJitChunk.IsRoot;
            _roots[bin] = chunk;
            Map |= 1u << bin;
            return;
        }

        for (ulong key = (ulong)bytes << KeyShift(bin); _chunks[at].Bytes != bytes; key <<= 1)
        {
            ref int child = ref ChildOf(at, key);
            if (child == 0)
            {
                child = chunk;
                added.Parent = at;
                return;
            }

            at = child;
        }

        int forward = _chunks[at].Forward;
        _chunks[at].Forward = chunk;
        _chunks[forward].Back = chunk;
        (added.Forward, added.Back, added.Parent) = (forward, at, 0);
    }

    public void Unlink(int chunk)
    {
        LuaJitChunk gone = _chunks[chunk];
        int heir;
        if (gone.Back != chunk)
        {
            heir = gone.Back;
            _chunks[gone.Forward].Back = heir;
            _chunks[heir].Forward = gone.Forward;
        }
        else
        {
            heir = CutDeepest(chunk);
            gone = _chunks[chunk];
        }

        if (gone.Parent != 0)
            Replace(chunk, gone, heir);
    }

    /// <summary>The best fit of all chunks, if it fits better than the designated victim does.</summary>
    /// <param name="bytes">Bytes the chunk must have.</param>
    /// <param name="victimBytes">Bytes of the designated victim; 0 when there is none.</param>
    /// <returns>0 when nothing fits, or the victim fits as well or better.</returns>
    public int BestFit(long bytes, long victimBytes)
    {
        int best = 0;
        ulong bestRest = unchecked((ulong)-bytes);
        int bin = BinOf(bytes);
        int at = _roots[bin];
        if (at != 0)
        {
            int larger = 0;
            for (ulong key = (ulong)bytes << KeyShift(bin); ; key <<= 1)
            {
                ulong rest = unchecked((ulong)(_chunks[at].Bytes - bytes));
                if (rest < bestRest)
                {
                    best = at;
                    bestRest = rest;
                    if (rest == 0)
                        break;
                }

                int right = _chunks[at].Right;
                at = ChildOf(at, key);
                if (right != 0 && right != at)
                    larger = right;
                if (at == 0)
                {
                    at = larger;
                    break;
                }
            }
        }

        if (at == 0 && best == 0)
        {
            uint above = ~((2u << bin) - 1) & Map;
            if (above != 0)
                at = _roots[Bits.Lowest(above)];
        }

        for (; at != 0; at = FirstChild(at))
        {
            ulong rest = unchecked((ulong)(_chunks[at].Bytes - bytes));
            if (rest < bestRest)
            {
                best = at;
                bestRest = rest;
            }
        }

        return best != 0 && bestRest < unchecked((ulong)(victimBytes - bytes)) ? best : 0;
    }

    /// <summary>The smallest chunk of the lowest tree; there must be one.</summary>
    public int Smallest()
    {
        int smallest = _roots[Bits.Lowest(Map)];
        for (int at = FirstChild(smallest); at != 0; at = FirstChild(at))
        {
            if (_chunks[at].Bytes < _chunks[smallest].Bytes)
                smallest = at;
        }

        return smallest;
    }

    private static int BinOf(long bytes)
    {
        long scaled = bytes >> SmallestShift;
        if (scaled == 0)
            return 0;
        if (scaled > 0xFFFF)
            return Bins - 1;
        int power = Bits.Highest((uint)scaled);
        return (power << 1) + (int)((bytes >> (power + SmallestShift - 1)) & 1);
    }

    /// <summary>Moves the first size bit that differs within a tree to the top.</summary>
    private static int KeyShift(int bin) =>
        bin == Bins - 1 ? 0 : SizeBits - 1 - ((bin >> 1) + SmallestShift - 2);

    private ref int ChildOf(int chunk, ulong key)
    {
        ref LuaJitChunk parent = ref _chunks[chunk];
        if (key >> (SizeBits - 1) == 0)
            return ref parent.Left;
        return ref parent.Right;
    }

    private int FirstChild(int chunk) => _chunks[chunk].Left != 0 ? _chunks[chunk].Left : _chunks[chunk].Right;

    /// <summary>Cuts off the leaf that is reached by going right where possible; 0 when the chunk has no children.</summary>
    private int CutDeepest(int chunk)
    {
        int parent = chunk;
        int leaf = LastChild(chunk);
        if (leaf == 0)
            return 0;
        for (int child = LastChild(leaf); child != 0; child = LastChild(leaf))
        {
            parent = leaf;
            leaf = child;
        }

        if (_chunks[parent].Right == leaf)
            _chunks[parent].Right = 0;
        else
            _chunks[parent].Left = 0;
        return leaf;
    }

    private int LastChild(int chunk) => _chunks[chunk].Right != 0 ? _chunks[chunk].Right : _chunks[chunk].Left;

    private void Replace(int chunk, in LuaJitChunk gone, int heir)
    {
        if (gone.Parent == LuaJitChunk.IsRoot)
        {
            int bin = BinOf(gone.Bytes);
            _roots[bin] = heir;
            if (heir == 0)
                Map &= ~(1u << bin);
        }
        else if (_chunks[gone.Parent].Left == chunk)
        {
            _chunks[gone.Parent].Left = heir;
        }
        else
        {
            _chunks[gone.Parent].Right = heir;
        }

        if (heir == 0)
            return;
        _chunks[heir].Parent = gone.Parent;
        if (gone.Left != 0)
        {
            _chunks[heir].Left = gone.Left;
            _chunks[gone.Left].Parent = heir;
        }

        if (gone.Right != 0)
        {
            _chunks[heir].Right = gone.Right;
            _chunks[gone.Right].Parent = heir;
        }
    }
}
