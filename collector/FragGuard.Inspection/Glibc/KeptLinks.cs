using System;
using System.Collections.Generic;
using System.Threading;

namespace FragGuard.Inspection.Glibc;

/// <summary>The links of whole blocks of heaps, by block. Several threads may keep blocks at once, and none reads them meanwhile.</summary>
/// <param name="blocks">How many blocks there are.</param>
/// <param name="most">Links that are kept.</param>
internal sealed class KeptLinks(int blocks, int most)
{
    private const int LinksOfASegment = 1 << 16;

    private readonly Lock _keeping = new();
    private readonly bool[] _has = new bool[blocks];
    private readonly int[] _firsts = new int[blocks];
    private readonly int[] _counts = new int[blocks];
    private readonly List<ChunkLink[]> _segments = [];
    private int _filled = LinksOfASegment;
    private int _room = most;

    /// <summary>Blocks that are kept, those included of which there was no room for all.</summary>
    public int Blocks { get; private set; }

    public bool HasRoom => _room > 0;

    public bool Has(int block) => _has[block];

    /// <summary>In order; none when the block is not kept.</summary>
    public ReadOnlySpan<ChunkLink> Of(int block) => _counts[block] == 0
        ? []
        : _segments[_firsts[block] / LinksOfASegment].AsSpan(_firsts[block] % LinksOfASegment, _counts[block]);

    /// <summary>Keeps as many as there is room for.</summary>
    /// <param name="block">One that is not kept.</param>
    /// <param name="links">In order, at most <see cref="HeapIndex.UnitsOfABlock"/>.</param>
    public void Keep(int block, ReadOnlySpan<ChunkLink> links)
    {
        lock (_keeping)
        {
            links = links[..Math.Min(links.Length, _room)];
            _room -= links.Length;
            if (links.Length > LinksOfASegment - _filled)
            {
                _segments.Add(GC.AllocateUninitializedArray<ChunkLink>(LinksOfASegment));
                _filled = 0;
            }

            if (links.Length > 0)
                links.CopyTo(_segments[^1].AsSpan(_filled));
            _firsts[block] = ((_segments.Count - 1) * LinksOfASegment) + _filled;
            _counts[block] = links.Length;
            _has[block] = true;
            _filled += links.Length;
            Blocks++;
        }
    }
}
