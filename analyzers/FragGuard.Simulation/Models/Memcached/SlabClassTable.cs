using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// The chunk sizes: each the last one times the growth factor, rounded up to 8 bytes; the last is the largest chunk.
/// Classes count from 1; class 0 is the pool of pages that belong to none.
/// </summary>
internal sealed class SlabClassTable
{
    /// <summary>Most classes, the pool included.</summary>
    public const int Most = 64;

    private const int AlignBytes = 8;

    private readonly byte[] _byEighths;

    public SlabClassTable(MemcachedRules rules)
    {
        List<int> chunkBytes = [0];
        uint size = (uint)(MemcachedRules.HeaderBytes + rules.SmallestItemBytes);
        while (chunkBytes.Count < Most - 1 && size < rules.ChunkMaxBytes / rules.Factor)
        {
            size = (size + AlignBytes - 1) / AlignBytes * AlignBytes;
            chunkBytes.Add((int)size);
            size = (uint)(size * rules.Factor);
        }

        chunkBytes.Add(rules.ChunkMaxBytes);
        ChunkBytes = chunkBytes;
        _byEighths = new byte[rules.ChunkMaxBytes / AlignBytes + 1];
        int slabClass = 1;
        for (int eighths = 0; eighths < _byEighths.Length; eighths++)
        {
            while (eighths * AlignBytes > chunkBytes[slabClass])
                slabClass++;
            _byEighths[eighths] = (byte)slabClass;
        }
    }

    /// <summary>Bytes of one chunk, by class.</summary>
    public IReadOnlyList<int> ChunkBytes { get; }

    public int Largest => ChunkBytes.Count - 1;

    /// <summary>The class whose chunks are the smallest that hold the bytes; the largest one when none does.</summary>
    public int Of(long bytes)
    {
        byte[] byEighths = _byEighths;
        ulong eighths = ((ulong)bytes + AlignBytes - 1) / AlignBytes;
        return eighths < (ulong)byEighths.Length ? byEighths[eighths] : Largest;
    }
}
