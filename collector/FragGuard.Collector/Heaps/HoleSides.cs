using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace FragGuard.Collector.Heaps;

/// <summary>Which objects stand beside holes. Every hole has two sides: an object, or the edge of its region.</summary>
internal sealed class HoleSides
{
    private const int NotYet = -2;

    private readonly Dictionary<int, Side> _sides = [];

    public long Edges { get; private set; }

    /// <summary>Sides whose object nobody knows.</summary>
    public long Unknown { get; private set; }

    /// <summary>By the packed number of the source.</summary>
    public Dictionary<int, Side> BySource => _sides;

    /// <param name="objects">By address.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

        if (!_sides.TryGetValue(known.Source.Packed, out Side? side))
            _sides[known.Source.Packed] = side = new Side();
        side.Seen++;
        side.SeenBytes += hole.Bytes / 2.0;
        side.Holes += known.Objects;
        side.Bytes += known.Objects * hole.Bytes / 2;
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
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

    /// <summary>Sides of one source, or of several.</summary>
    internal sealed class Side
    {
        /// <summary>Where they come from, once that is known.</summary>
        public int Site;

        /// <summary>Sides where an object of the source was seen.</summary>
        public long Seen;

        /// <summary>Bytes of those holes; each side has half of them.</summary>
        public double SeenBytes;

        /// <summary>Sides it stands for.</summary>
        public double Holes;

        /// <summary>Bytes of holes it stands for, halved as well.</summary>
        public double Bytes;

        public double BytesUpTo(double most) => Math.Min(most, Bytes);

        public void Add(Side other)
        {
            Seen += other.Seen;
            SeenBytes += other.SeenBytes;
            Holes += other.Holes;
            Bytes += other.Bytes;
        }
    }
}
