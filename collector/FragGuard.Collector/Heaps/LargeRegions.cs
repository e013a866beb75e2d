using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The regions of large objects that one GC started with, and the stretches of address space between them.</summary>
internal sealed class LargeRegions(IReadOnlyList<GenerationExtent> regions)
{
    // By address, without overlap.
    private readonly GenerationExtent[] _regions = new RegionOrder().Of(LargeOf(regions)).ToArray();

    public static LargeRegions None { get; } = new([]);

    /// <summary>Whether one of them holds the address.</summary>
    /// <param name="quietStart">When none does, start of the stretch around it that none of them touches.</param>
    /// <param name="quietEnd">Its end, exclusive.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Hold(ulong address, out ulong quietStart, out ulong quietEnd)
    {
        int low = 0;
        int high = _regions.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (_regions[middle].Start <= address)
                low = middle + 1;
            else
                high = middle;
        }

        quietStart = low == 0 ? 0 : _regions[low - 1].Start + _regions[low - 1].ReservedBytes;
        quietEnd = low == _regions.Length ? ulong.MaxValue : _regions[low].Start;
        return address < quietStart;
    }

    private static List<GenerationExtent> LargeOf(IReadOnlyList<GenerationExtent> regions)
    {
        List<GenerationExtent> large = [];
        for (int i = 0; i < regions.Count; i++)
        {
            if (regions[i].Generation == GenerationExtent.LargeObjects)
                large.Add(regions[i]);
        }

        return large;
    }
}
