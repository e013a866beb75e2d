using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>Predicts what a zone wastes because entries of different lifetimes share it.</summary>
public static class LifetimeAdvisor
{
    private const int MostEntries = 500;

    /// <summary>A model makes a record for each page before the first entry, which takes half a millisecond for so many bytes.</summary>
    private const long MostBytes = 128 << 20;

    /// <summary>Fewer that the bound on the bytes leaves tell too little.</summary>
    private const int LeastEntries = 50;

    private const long SmallestZoneBytes = 64 << 10;

    /// <summary>
    /// The zone with all lifetimes, with the same sizes living equally long, and split at the widest gap between
    /// lifetimes. Null when there is one lifetime, a part would get too little for a zone of its own, or the entries are so
    /// large that too few of them can be simulated.
    /// </summary>
    /// <param name="model">Name of the model that plays the zone, such as <c>lua-shared-dict</c>.</param>
    /// <exception cref="Models.ModelSettingException">No model has that name, or it takes no zone of that size.</exception>
    public static LifetimeAdvice? InZone(LifetimeMix mix, string model, long zoneBytes)
    {
        if (mix.Parts.Any(part => part.MinBytes < 0 || part.MinBytes > part.MaxBytes || !(part.Weight > 0) || !(part.Lifetime > 0)))
            throw new ArgumentException("A part has 0 ≤ min ≤ max, a weight and a lifetime above 0.", nameof(mix));
        if (ShortestLong(mix.Parts) is not { } shortestLong)
            return null;
        LifetimeMixPart[] brief = [.. mix.Parts.Where(part => part.Lifetime < shortestLong)];
        LifetimeMixPart[] lasting = [.. mix.Parts.Where(part => part.Lifetime >= shortestLong)];
        double meanBytes = LifetimeWorkload.MeanBytes(mix.Parts);
        long simulatedBytes = (long)Math.Min(Math.Min(zoneBytes, MostBytes), meanBytes * MostEntries);
        if (simulatedBytes < zoneBytes && simulatedBytes < meanBytes * LeastEntries)
            return null;
        double lastingShare = LiveBytes(lasting) / LiveBytes(mix.Parts);
        long lastingBytes = (long)(simulatedBytes * lastingShare);
        if (Math.Min(lastingBytes, simulatedBytes - lastingBytes) < SmallestZoneBytes)
            return null;

        LifetimeWorkload workload = new(mix, model);
        LifetimeWorkload again = new(mix with { Seed = mix.Seed + 1 }, model);
        LifetimeMixPart[] same = [.. mix.Parts.Select(part => part with { Lifetime = 1 })];
        double lastingNeed = lastingShare / (1 - workload.Waste(lasting, lastingBytes));
        double briefNeed = (1 - lastingShare) / (1 - workload.Waste(brief, simulatedBytes - lastingBytes));
        return new LifetimeAdvice(
            Mean(mix.Parts),
            Mean(same),
            Prediction(1 - (1 / (lastingNeed + briefNeed))),
            shortestLong,
            lastingNeed / (lastingNeed + briefNeed));

        CachePrediction Mean(IReadOnlyList<LifetimeMixPart> parts) =>
            Prediction((workload.Waste(parts, simulatedBytes) + again.Waste(parts, simulatedBytes)) / 2);

        CachePrediction Prediction(double waste) => new(model, waste, (long)(zoneBytes * (1 - waste)), zoneBytes, zoneBytes);
    }

    private static double LiveBytes(IReadOnlyList<LifetimeMixPart> parts) =>
        parts.Sum(part => part.Weight) * LifetimeWorkload.MeanBytes(parts);

    /// <summary>Above the widest gap between lifetimes, as a ratio.</summary>
    private static double? ShortestLong(IEnumerable<LifetimeMixPart> parts)
    {
        double[] lifetimes = [.. parts.Select(part => part.Lifetime).Distinct().OrderBy(lifetime => lifetime)];
        double? above = null;
        for (int i = 1; i < lifetimes.Length; i++)
        {
            if (above is null || lifetimes[i] / lifetimes[i - 1] > above / lifetimes[Array.IndexOf(lifetimes, above.Value) - 1])
                above = lifetimes[i];
        }

        return above;
    }
}
