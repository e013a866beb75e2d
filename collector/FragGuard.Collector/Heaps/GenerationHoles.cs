using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace FragGuard.Collector.Heaps;

/// <summary>The holes of one generation, by size and by neighbour, and what the objects in it hold that are known.</summary>
internal sealed class GenerationHoles
{
    private readonly Dictionary<ObjectSource, HeldSum> _held = [];

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

        foreach (KnownObject one in objects)
        {
            ref HeldSum sum = ref CollectionsMarshal.GetValueRefOrAddDefault(_held, one.Source, out _);
            sum = new HeldSum(sum.Objects + one.Objects, sum.Bytes + (one.Objects * one.Bytes));
        }
    }

    public HoleSizes Sizes { get; } = new();

    public HoleSides Sides { get; } = new();

    /// <summary>Known objects of each source; one that was drawn from many counts for all of them.</summary>
    public IReadOnlyDictionary<ObjectSource, HeldSum> Held => _held;

    public readonly record struct HeldSum(double Objects, double Bytes);
}
