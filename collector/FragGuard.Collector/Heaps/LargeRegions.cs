using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The regions of large objects that one GC started with, and the stretches of address space between them.</summary>
internal sealed class LargeRegions(IReadOnlyList<GenerationExtent> regions)
{
    private readonly List<GenerationExtent> _regions = LargeOf(regions);

    public static LargeRegions None { get; } = new([]);

    /// <summary>Whether one of them holds the address.</summary>
    /// <param name="quietStart">When none does, start of the stretch around it that none of them touches.</param>
    /// <param name="quietEnd">Its end, exclusive.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Hold(ulong address, out ulong quietStart, out ulong quietEnd)
    {
        quietStart = 0;
        quietEnd = ulong.MaxValue;
        foreach (GenerationExtent region in _regions)
        {
            if (region.Holds(address))
                return true;

            ulong end = region.Start + region.ReservedBytes;
            if (region.Start > address && region.Start < quietEnd)
                quietEnd = region.Start;
            else if (end <= address && end > quietStart)
                quietStart = end;
        }

        return false;
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
