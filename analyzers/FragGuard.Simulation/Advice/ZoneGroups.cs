using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Value sizes grouped by the power of two the allocator grants them, and the share of a zone each group gets: in
/// proportion to its values and to the zone bytes one of them takes in a zone of its own. A group of few bytes joins
/// the next larger one.
/// </summary>
internal sealed class ZoneGroups
{
    private const int Draws = 2_000;
    private const int PilotEntries = 500;
    private const double SmallestShare = 0.05;
    private const long PageBytes = 4096;
    private const long SmallestPilotBytes = 128 << 10;

    private readonly Func<long, IAllocatorModel> _zone;
    private readonly int _keyBytes;
    private readonly List<long> _limits = new();
    private readonly List<double> _shares = new();

    /// <param name="zone">Makes an empty zone of so many bytes.</param>
    public ZoneGroups(SizeMix mix, int keyBytes, Func<long, IAllocatorModel> zone)
    {
        _zone = zone;
        _keyBytes = keyBytes;
        SeededRandom random = new(mix.Seed);
        long[] draws = [.. Enumerable.Range(0, Draws).Select(_ => SyntheticWorkload.DrawBytes(mix, random))];
        foreach (long[] group in Groups(draws))
        {
            _limits.Add(group.Max());
            _shares.Add(group.Length * ZoneBytesPerEntry(group));
        }

        _limits[_limits.Count - 1] = long.MaxValue;
        double total = _shares.Sum();
        for (int i = 0; i < _shares.Count; i++)
            _shares[i] /= total;
    }

    public int Count => _limits.Count;

    /// <summary>Largest value of each group, smallest first; <see cref="long.MaxValue"/> for the last.</summary>
    public IReadOnlyList<long> Limits => _limits;

    /// <summary>Index of the group that stores a value.</summary>
    public int Of(long valueBytes) => _limits.FindIndex(limit => valueBytes <= limit);

    /// <summary>Bytes of each group's zone, smallest values first.</summary>
    public IReadOnlyList<long> Split(long zoneBytes) =>
        [.. _shares.Select(share => Math.Max(2 * PageBytes, (long)(share * zoneBytes) / PageBytes * PageBytes))];

    /// <summary>The split in words.</summary>
    public string Describe(long zoneBytes)
    {
        IReadOnlyList<long> zones = Split(zoneBytes);
        return string.Join(", ", _limits.Select((limit, i) => string.Format(
            CultureInfo.InvariantCulture,
            limit == long.MaxValue ? "{1} bytes for the rest" : "{1} bytes for values up to {0}", limit, zones[i])));
    }

    private List<long[]> Groups(long[] draws)
    {
        Dictionary<long, long> granted = draws.Distinct().ToDictionary(bytes => bytes, _ => 0L);
        foreach (long bytes in granted.Keys.ToArray())
            granted[bytes] = PowerOfTwo(GrantedBytes(bytes));
        double total = draws.Sum(bytes => (double)granted[bytes]);
        List<long[]> groups = new();
        List<long> pending = new();
        foreach (IGrouping<long, long> size in draws.GroupBy(bytes => granted[bytes]).OrderBy(size => size.Key))
        {
            pending.AddRange(size);
            if (pending.Sum(bytes => (double)granted[bytes]) < SmallestShare * total)
                continue;
            groups.Add([.. pending]);
            pending.Clear();
        }

        if (pending.Count > 0 && groups.Count > 0)
            groups[groups.Count - 1] = [.. groups[groups.Count - 1], .. pending];
        else if (pending.Count > 0)
            groups.Add([.. pending]);
        return groups;
    }

    private long GrantedBytes(long valueBytes)
    {
        IAllocatorModel zone = _zone(SmallestPilotBytes + (2 * valueBytes));
        long before = zone.Counters.GrantedBytes;
        Store(zone, 0, valueBytes);
        return zone.Counters.GrantedBytes - before;
    }

    /// <summary>Zone bytes per entry when the group has a zone to itself and fills it.</summary>
    private double ZoneBytesPerEntry(long[] group)
    {
        long zoneBytes = Math.Max(
            SmallestPilotBytes, (long)(PilotEntries * group.Average(bytes => (double)PowerOfTwo(bytes + _keyBytes))));
        IAllocatorModel zone = _zone(zoneBytes);
        int stored = 0;
        while (Store(zone, stored, group[stored % group.Length]))
            stored++;
        return (double)zoneBytes / Math.Max(1, stored);
    }

    private bool Store(IAllocatorModel zone, long key, long valueBytes) =>
        zone.Apply(new AllocationEvent(AllocationEventKind.SafeSet, key, valueBytes, _keyBytes)).Answer
            != EventAnswer.NoMemory;

    private static long PowerOfTwo(long bytes)
    {
        long power = 8;
        while (power < bytes)
            power <<= 1;
        return power;
    }
}
