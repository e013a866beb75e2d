using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Value sizes grouped by powers of two, and the share of a zone each group gets: in proportion to its values, each
/// rounded up to the group's largest. Groups that would get too little join the next larger one.
/// </summary>
internal sealed class ZoneGroups
{
    private const int Draws = 2_000;
    private const long SmallestZoneBytes = 64 << 10;
    private const long PageBytes = 4096;

    private readonly long[] _limits;

    public ZoneGroups(SizeMix mix, long zoneBytes)
    {
        SortedDictionary<long, double> demand = Demand(mix);
        double total = demand.Values.Sum();
        List<long> limits = new();
        List<double> shares = new();
        double share = 0;
        foreach (KeyValuePair<long, double> group in demand)
        {
            share += group.Value / total;
            if (share * zoneBytes < SmallestZoneBytes)
                continue;
            limits.Add(group.Key);
            shares.Add(share);
            share = 0;
        }

        if (shares.Count == 0)
        {
            limits.Add(long.MaxValue);
            shares.Add(0);
        }

        limits[limits.Count - 1] = long.MaxValue;
        shares[shares.Count - 1] += share;
        _limits = [.. limits];
        ZoneBytes = [.. shares.Select(part => (long)(part * zoneBytes) / PageBytes * PageBytes)];
    }

    /// <summary>Bytes of each group's zone, smallest values first.</summary>
    public IReadOnlyList<long> ZoneBytes { get; }

    /// <summary>Index of the group that stores a value.</summary>
    public int Of(long valueBytes) => Array.FindIndex(_limits, limit => valueBytes <= limit);

    public override string ToString() => string.Join(", ", _limits.Select((limit, i) => string.Format(
        CultureInfo.InvariantCulture,
        limit == long.MaxValue ? "{1} bytes for the rest" : "{1} bytes for values up to {0}", limit, ZoneBytes[i])));

    private static SortedDictionary<long, double> Demand(SizeMix mix)
    {
        SeededRandom random = new(mix.Seed);
        SortedDictionary<long, double> demand = new();
        for (int i = 0; i < Draws; i++)
        {
            long bytes = SyntheticWorkload.DrawBytes(mix, random);
            long limit = 8;
            while (limit < bytes)
                limit <<= 1;
            demand.TryGetValue(limit, out double sum);
            demand[limit] = sum + limit;
        }

        return demand;
    }
}
