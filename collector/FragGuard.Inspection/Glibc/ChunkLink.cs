using System;
using System.Runtime.CompilerServices;

namespace FragGuard.Inspection.Glibc;

/// <summary>What a chunk of a list says of itself, in 8 bytes.</summary>
/// <param name="Unit">Where in its block it begins.</param>
/// <param name="SizeUnits">Its size in units.</param>
/// <param name="NextUnit">Number of the unit to which its link leads.</param>
internal readonly record struct ChunkLink(ushort Unit, ushort SizeUnits, uint NextUnit)
{
    /// <summary>Index of the link of a unit among those of one block in order; -1 when there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Find(ReadOnlySpan<ChunkLink> links, int unit)
    {
        if (links.IsEmpty)
            return -1;
        // Chunks of one size lie about evenly: from where the unit's would be, in steps that double.
        int low = unit * links.Length / HeapIndex.UnitsOfABlock;
        int high = low;
        for (int step = 1; high < links.Length && links[high].Unit < unit; step *= 2)
        {
            low = high + 1;
            high += step;
        }

        for (int step = 1; low > 0 && links[low - 1].Unit >= unit; step *= 2)
        {
            high = low - 1;
            low = Math.Max(0, low - step);
        }

        for (high = Math.Min(high, links.Length); low < high;)
        {
            int middle = (low + high) >>> 1;
            if (links[middle].Unit < unit)
                low = middle + 1;
            else
                high = middle;
        }

        return low < links.Length && links[low].Unit == unit ? low : -1;
    }
}
