using System;
using System.Collections.Generic;

namespace FragGuard.Collector.Heaps;

/// <summary>The holes of one generation, by size and by neighbour, and what the objects in it hold that are known.</summary>
internal sealed class GenerationHoles
{
    private readonly Dictionary<int, HeldSum> _held = [];

    /// <param name="regions">By address.</param>
    /// <param name="objects">By address.</param>
    public GenerationHoles(IReadOnlyList<RegionDraft> regions, KnownObject[] objects)
    {
        foreach (RegionDraft region in regions)
        {
            RegionHoles holes = new(region);
            Sizes.Add(holes);
            Sides.Add(holes, objects);
        }

        foreach (ref readonly KnownObject one in objects.AsSpan())
        {
            if (!_held.TryGetValue(one.Source.Packed, out HeldSum? sum))
                _held[one.Source.Packed] = sum = new HeldSum();
            sum.Objects += one.Objects;
            sum.Bytes += one.Objects * one.Bytes;
        }
    }

    public HoleSizes Sizes { get; } = new();

    public HoleSides Sides { get; } = new();

    /// <summary>
    /// Known objects by the packed number of their source; one that was drawn from many counts for all of them.
    /// </summary>
    public Dictionary<int, HeldSum> Held => _held;

    internal sealed class HeldSum
    {
        /// <summary>Where the objects come from, once that is known.</summary>
        public int Site;

        public double Objects;

        public double Bytes;

        public void Add(HeldSum other)
        {
            Objects += other.Objects;
            Bytes += other.Bytes;
        }
    }
}
