using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Workloads;

/// <summary>
/// The life of one cache, made from its sizes: it fills, then entries picked at random are replaced. The new value
/// exists before the old one is dropped, as in <c>cache[key] = Load(key)</c>.
/// </summary>
public static class SyntheticWorkload
{
    /// <summary>
    /// Index of the first block event at which the cache counts as settled: half of its replacements are done, or the
    /// last entry is being stored where there are none.
    /// </summary>
    public static long SteadyFrom(SizeMix mix) => Math.Max(mix.Entries - 1, mix.Entries + (2L * (mix.Replacements / 2)) - 1);

    /// <summary>Each entry is one block.</summary>
    public static AllocationTrace Blocks(SizeMix mix)
    {
        Check(mix);
        return new AllocationTrace(BlockEvents(mix));
    }

    /// <summary>Each entry is stored under its key; the slot of the entry is the key's id.</summary>
    /// <param name="keyBytes">Bytes of every key.</param>
    public static AllocationTrace Stores(SizeMix mix, int keyBytes)
    {
        Check(mix);
        return new AllocationTrace(StoreEvents(mix, keyBytes));
    }

    /// <summary>Mean bytes of one value.</summary>
    public static double MeanBytes(SizeMix mix) =>
        mix.Parts.Sum(part => part.Weight * (part.MinBytes + part.MaxBytes) / 2.0) / mix.Parts.Sum(part => part.Weight);

    /// <summary>A value size: a part by its weight, then uniform within the part.</summary>
    internal static long DrawBytes(SizeMix mix, SeededRandom random)
    {
        IReadOnlyList<SizeMixPart> parts = mix.Parts;
        double weights = 0;
        for (int i = 0; i < parts.Count; i++)
            weights += parts[i].Weight;
        double left = random.NextRatio() * weights;
        int chosen = 0;
        while (chosen < parts.Count - 1 && (left -= parts[chosen].Weight) >= 0)
            chosen++;
        return random.Next(parts[chosen].MinBytes, parts[chosen].MaxBytes);
    }

    private static IEnumerable<AllocationEvent> BlockEvents(SizeMix mix)
    {
        SeededRandom random = new(mix.Seed);
        long[] blocks = new long[mix.Entries];
        long next = 0;
        for (int slot = 0; slot < mix.Entries; slot++)
        {
            blocks[slot] = next++;
            yield return new AllocationEvent(AllocationEventKind.Allocate, blocks[slot], DrawBytes(mix, random));
        }

        for (int replacement = 0; replacement < mix.Replacements; replacement++)
        {
            long slot = random.Next(0, mix.Entries - 1);
            yield return new AllocationEvent(AllocationEventKind.Allocate, next, DrawBytes(mix, random));
            yield return new AllocationEvent(AllocationEventKind.Free, blocks[slot]);
            blocks[slot] = next++;
        }
    }

    private static IEnumerable<AllocationEvent> StoreEvents(SizeMix mix, int keyBytes)
    {
        SeededRandom random = new(mix.Seed);
        for (int slot = 0; slot < mix.Entries; slot++)
            yield return new AllocationEvent(AllocationEventKind.Set, slot, DrawBytes(mix, random), keyBytes);
        for (int replacement = 0; replacement < mix.Replacements; replacement++)
        {
            long slot = random.Next(0, mix.Entries - 1);
            yield return new AllocationEvent(AllocationEventKind.Set, slot, DrawBytes(mix, random), keyBytes);
        }
    }

    private static void Check(SizeMix mix)
    {
        if (mix.Parts.Count == 0)
            throw new ArgumentException("A mix has at least one part.", nameof(mix));
        if (mix.Parts.Any(part => part.MinBytes < 0 || part.MinBytes > part.MaxBytes || !(part.Weight > 0)))
            throw new ArgumentException("A part has 0 ≤ min ≤ max and a weight above 0.", nameof(mix));
        if (mix.Entries < 1 || mix.Replacements < 0)
            throw new ArgumentException("A cache has at least one entry and no fewer than 0 replacements.", nameof(mix));
    }
}
