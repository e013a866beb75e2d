using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Models.Nginx;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Simulation.Advice;

/// <summary>
/// Goes on with a recorded shared dictionary: new keys with the sizes of its entries, drawn at random, until it has been
/// filled anew. The same is played on zones split by size, of the same sum, that start with the same entries.
/// </summary>
public sealed class ZoneContinuation
{
    private const int MostStores = 200_000;
    private const int StoresPerEntry = 2;
    private const int MostSizes = 2_000;
    private const long SmallestZoneBytes = 64 << 10;
    private const ulong Seed = 1;

    /// <summary>Above the ids of all recorded entries.</summary>
    private const long FirstNewId = 1L << 40;

    private readonly IReadOnlyList<(int KeyBytes, uint ValueBytes)> _entries;
    private readonly long _zoneBytes;
    private readonly int _pageBytes;
    private readonly ZoneGroups _groups;

    /// <param name="entries">Sizes of the entries, the least recently used one first; lists left out.</param>
    /// <param name="zoneBytes">Size of the zone that held them.</param>
    /// <param name="pageBytes">Page size of the system.</param>
    public ZoneContinuation(IReadOnlyList<(int KeyBytes, uint ValueBytes)> entries, long zoneBytes, int pageBytes)
    {
        _entries = entries;
        _zoneBytes = zoneBytes;
        _pageBytes = pageBytes;
        int step = Math.Max(1, entries.Count / MostSizes);
        SizeMixPart[] parts =
        [
            .. entries.Where((_, i) => i % step == 0).GroupBy(entry => entry.ValueBytes)
                .Select(size => new SizeMixPart(size.Key, size.Key, size.Count())),
        ];
        int keyBytes = entries.Count == 0 ? 0 : (int)entries.Average(entry => entry.KeyBytes);
        _groups = new ZoneGroups(new SizeMix(parts.Length == 0 ? [new SizeMixPart(1, 1)] : parts), keyBytes, Zone);
    }

    /// <summary>Whether the sizes differ enough for more than one zone, and each would be worth having.</summary>
    public bool CanSplit => _entries.Count > 0 && _groups.Count > 1 && Zones.Min() >= SmallestZoneBytes;

    /// <summary>Bytes of each zone of the split, smallest values first.</summary>
    public IReadOnlyList<long> Zones => _groups.Split(_zoneBytes);

    /// <summary>Largest value of each zone of the split; <see cref="long.MaxValue"/> for the last.</summary>
    public IReadOnlyList<long> Limits => _groups.Limits;

    /// <summary>Plays the stores on the recorded zone itself, which changes it.</summary>
    /// <param name="recorded">Its entries have the ids 0, 1, … in the order of <c>entries</c>, lists among them.</param>
    public ZoneContinuationOutcome OneZone(LuaSharedDictModel recorded) => Play(recorded, () => recorded.Count);

    /// <summary>Stores the entries into the zones of the split, then plays the stores.</summary>
    public ZoneContinuationOutcome SplitZones()
    {
        IAllocatorModel[] zones = [.. Zones.Select(Zone)];
        ZonedModel split = new(zones, birth => _groups.Of(birth.Bytes));
        for (int i = 0; i < _entries.Count; i++)
            split.Apply(new AllocationEvent(AllocationEventKind.Set, i, _entries[i].ValueBytes, _entries[i].KeyBytes));
        return Play(split, () => zones.Sum(zone => ((LuaSharedDictModel)zone).Count));
    }

    private ZoneContinuationOutcome Play(IAllocatorModel model, Func<int> count)
    {
        SeededRandom random = new(Seed);
        int stores = (int)Math.Min(MostStores, (long)_entries.Count * StoresPerEntry);
        long refused = 0;
        long evicted = 0;
        double liveBytes = 0;
        double entries = 0;
        for (int i = 0; i < stores; i++)
        {
            (int keyBytes, uint valueBytes) = _entries[(int)random.Next(0, _entries.Count - 1)];
            EventOutcome outcome = model.Apply(new AllocationEvent(
                AllocationEventKind.Set, FirstNewId + i, valueBytes, keyBytes));
            refused += outcome.Answer == EventAnswer.NoMemory ? 1 : 0;
            evicted += outcome.Evicted;
            if (i < stores / 2)
                continue;
            liveBytes += model.Counters.LiveRequestedBytes;
            entries += count();
        }

        int judged = Math.Max(1, stores - (stores / 2));
        return new ZoneContinuationOutcome(stores, refused, evicted, (long)(liveBytes / judged), (long)(entries / judged));
    }

    private IAllocatorModel Zone(long bytes) => AllocatorModels.Create(
        "lua-shared-dict",
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["zone"] = bytes.ToString(CultureInfo.InvariantCulture),
            ["page"] = _pageBytes.ToString(CultureInfo.InvariantCulture),
        });
}
