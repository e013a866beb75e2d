using System.Collections.Generic;
using System.Linq;

namespace FragGuard.Collector.Forecasts;

/// <summary>What one GC found alive, in order.</summary>
internal static class SeenPlugs
{
    private const ulong MinObjectBytes = 24;
    private const ulong AlignmentBytes = 8;

    /// <summary>
    /// By address, each with whether it is pinned. A stream may lie: what overlaps, or leaves less room than an object has, is left
    /// out.
    /// </summary>
    public static SeenPlug[] Of(ObservedGc gc)
    {
        ulong[] pins = [.. gc.Pins.Order()];
        List<SeenPlug> sorted = new(gc.Plugs.Count);
        int pin = 0;
        ulong end = 0;
        foreach (SeenPlug plug in gc.Plugs.OrderBy(static plug => plug.Start))
        {
            bool isPossible = plug.Start == end || (plug.Start > end && plug.Start - end >= MinObjectBytes);
            if (!isPossible || plug.Bytes < MinObjectBytes || ((plug.Start | plug.NewStart | plug.Bytes) % AlignmentBytes) != 0)
                continue;
            end = plug.End;
            while (pin < pins.Length && pins[pin] < plug.Start)
                pin++;
            sorted.Add(plug with { IsPinned = pin < pins.Length && pins[pin] < end });
        }

        return [.. sorted];
    }

    /// <summary>The index of the first one that ends behind the address.</summary>
    public static int FirstBehind(IReadOnlyList<SeenPlug> sorted, long address)
    {
        int low = 0;
        int high = sorted.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if ((long)sorted[middle].End <= address)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
