using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>Which objects stand beside holes. Every hole has two sides: an object, or the edge of its region.</summary>
internal sealed class HoleSides
{
    private readonly Dictionary<ObjectSource, Side> _sides = [];

    public long Edges { get; private set; }

    /// <summary>Sides whose object nobody knows.</summary>
    public long Unknown { get; private set; }

    public IReadOnlyDictionary<ObjectSource, Side> BySource => _sides;

    /// <param name="objects">By address.</param>
    public void Add(RegionHoles region, KnownObject[] objects)
    {
        foreach (RegionHoles.Hole hole in region.All())
        {
            Add(hole, hole.LeftEnd, FindEnd(objects, hole.LeftEnd));
            Add(hole, hole.RightStart, FindStart(objects, hole.RightStart));
        }
    }

    private void Add(RegionHoles.Hole hole, ulong place, KnownObject? neighbour)
    {
        if (place == 0)
        {
            Edges++;
            return;
        }

        if (neighbour is not { } known)
        {
            Unknown++;
            return;
        }

        Side side = _sides.GetValueOrDefault(known.Source);
        _sides[known.Source] = new Side(
            side.Seen + 1, side.SeenBytes + (hole.Bytes / 2.0), side.Holes + known.Objects,
            side.Bytes + (known.Objects * hole.Bytes / 2));
    }

    private static KnownObject? FindStart(KnownObject[] objects, ulong start)
    {
        int at = LastUpTo(objects, start);
        return at >= 0 && objects[at].Start == start ? objects[at] : null;
    }

    private static KnownObject? FindEnd(KnownObject[] objects, ulong end)
    {
        int at = end == 0 ? -1 : LastUpTo(objects, end - 1);
        return at >= 0 && objects[at].End == end ? objects[at] : null;
    }

    private static int LastUpTo(KnownObject[] objects, ulong address)
    {
        int low = 0;
        int high = objects.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (objects[middle].Start <= address)
                low = middle + 1;
            else
                high = middle - 1;
        }

        return high;
    }

    /// <param name="Seen">Sides where an object of the source was seen.</param>
    /// <param name="SeenBytes">Bytes of those holes; each side has half of them.</param>
    /// <param name="Holes">Sides it stands for.</param>
    /// <param name="Bytes">Bytes of holes it stands for, halved as well.</param>
    public readonly record struct Side(long Seen, double SeenBytes, double Holes, double Bytes);
}
