using System.Collections;
using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>Packed extents with their sites in place of their sources; unpacked anew each time they are listed.</summary>
/// <param name="sites">Of every source that the extents have.</param>
internal sealed class TrackExtents(PackedExtents packed, Dictionary<int, int> sites) : IEnumerable<TrackExtent>
{
    public IEnumerator<TrackExtent> GetEnumerator()
    {
        foreach (TrackExtent extent in packed.All())
            yield return extent with { Site = sites[extent.Site] };
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
