using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Heaps;

/// <summary>The regions of large objects that one GC started with, and the stretches of address space between them.</summary>
internal sealed class LargeRegions(IEnumerable<GenerationExtent> regions)
{
    private readonly GenerationExtent[] _regions =
        [.. regions.Where(static region => region.Generation == GenerationExtent.LargeObjects)];

    public static LargeRegions None { get; } = new([]);

    /// <summary>Whether one of them holds the address.</summary>
    /// <param name="quietStart">When none does, start of the stretch around it that none of them touches.</param>
    /// <param name="quietEnd">Its end, exclusive.</param>
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
}
