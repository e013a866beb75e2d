using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>Which objects stand beside holes. Every hole has two sides: an object, or the edge of its region.</summary>
internal sealed class HoleSides
{
    private const int NotYet = -2;

    private readonly Dictionary<ObjectSource, Side> _sides = [];

    public long Edges { get; private set; }

    /// <summary>Sides whose object nobody knows.</summary>
    public long Unknown { get; private set; }

    public IReadOnlyDictionary<ObjectSource, Side> BySource => _sides;

    /// <param name="objects">By address.</param>
    public void Add(RegionHoles region, KnownObject[] objects)
    {
        int last = NotYet;
        foreach (RegionHoles.Hole hole in region)
        {
            Add(hole, hole.LeftEnd, FindEnd(objects, hole.LeftEnd, ref last));
            Add(hole, hole.RightStart, FindStart(objects, hole.RightStart, ref last));
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

    private static KnownObject? FindStart(KnownObject[] objects, ulong start, ref int last)
    {
        if (start == 0)
            return null;

        last = LastUpTo(objects, start, last);
        return last >= 0 && objects[last].Start == start ? objects[last] : null;
    }

    private static KnownObject? FindEnd(KnownObject[] objects, ulong end, ref int last)
    {
        if (end == 0)
            return null;

        last = LastUpTo(objects, end - 1, last);
        return last >= 0 && objects[last].End == end ? objects[last] : null;
    }

    // Holes come by address, so after the first one the next object is near.
    private static int LastUpTo(KnownObject[] objects, ulong address, int last)
    {
        if (last == NotYet)
            return LastUpTo(objects, address);

        while (last + 1 < objects.Length && objects[last + 1].Start <= address)
            last++;
        return last;
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
