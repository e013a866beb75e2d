using System.Collections.Generic;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>Holes by powers of two.</summary>
internal sealed class HoleSizes
{
    private readonly long[] _holes = new long[64];
    private readonly long[] _bytes = new long[64];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(RegionHoles region)
    {
        foreach (RegionHoles.Hole hole in region)
        {
            int size = BitOperations.Log2(hole.Bytes);
            _holes[size]++;
            _bytes[size] += (long)hole.Bytes;
        }
    }

    public IReadOnlyList<HoleBucket> Build()
    {
        List<HoleBucket> buckets = [];
        for (int i = 0; i < _holes.Length; i++)
        {
            if (_holes[i] > 0)
                buckets.Add(new HoleBucket(1L << i, _holes[i], _bytes[i]));
        }

        return buckets;
    }
}
