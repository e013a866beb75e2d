using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Nginx;
using FragGuard.Inspection.Procfs;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models.Nginx;

namespace FragGuard.FragTrace.Reports;

/// <summary>Continues a shared dictionary from the state that was read.</summary>
internal static class ZonesSimulator
{
    private const string Model = "lua-shared-dict";

    /// <summary>The simulator takes some hundred bytes for each entry.</summary>
    private const int MostEntries = 2_000_000;

    private static readonly long[] Steps = [1, 2, 5];

    public static ZonesSimulation Simulate(SlabZone zone)
    {
        if (zone.Dict?.Entries.Count > MostEntries)
            return new ZonesSimulation(null, [], null, $"Nothing is simulated for this zone: it has more than {Amounts.Count(MostEntries)} entries.");
        try
        {
            return new ZonesSimulation(Model, Evict(zone), Split(zone), null);
        }
        catch (InspectionException exception)
        {
            return new ZonesSimulation(null, [], null, exception.Message);
        }
    }

    /// <summary>0, 1, 2, 5, 10 … entries, 30, which one store may evict, and all.</summary>
    private static List<ZonesEvictionRow> Evict(SlabZone zone)
    {
        LuaSharedDictModel model = ZoneRestore.Dict(zone);
        LuaDictContent dict = zone.Dict!;
        int entries = dict.Entries.Count;
        SortedSet<long> stops = [0, LuaSharedDictModel.MaxForcedEvictions, entries];
        for (long power = 1; power <= entries; power *= 10)
            stops.UnionWith(Steps.Select(step => step * power));
        long besides = dict.EntryOverheadBytes + dict.MedianKeyBytes;
        List<ZonesEvictionRow> rows = [];
        foreach (long stop in stops.Where(stop => stop <= entries))
        {
            while (entries - model.Count < stop)
                model.EvictOldest();
            rows.Add(new ZonesEvictionRow(
                entries - model.Count, model.Pool.FreeBytes, model.Pool.FreePages, Math.Max(0, LargestRequest(model.Pool) - besides)));
        }

        return [.. rows.DistinctBy(row => row.Evicted)];
    }

    private static long LargestRequest(SlabPool pool)
    {
        if (pool.FreePages > 0)
            return (long)pool.FreeRuns().Max(run => run.Pages) * pool.Geometry.PageBytes;
        int largest = Enumerable.Range(0, pool.Geometry.ClassCount).LastOrDefault(i => pool.PartialPages(i).Any(), -1);
        return largest < 0 ? 0 : 1L << (largest + SlabGeometry.MinShift);
    }

    private static ZonesSplit? Split(SlabZone zone)
    {
        LuaDictContent dict = zone.Dict!;
        ZoneContinuation continuation = new(
            [.. dict.Entries.Where(entry => entry.Type != LuaDictType.List).Select(entry => ((int)entry.KeyBytes, entry.ValueBytes)).Reverse()],
            zone.Bytes, zone.PageBytes);
        if (!continuation.CanSplit)
            return null;
        return new ZonesSplit(
            [.. continuation.Zones.Zip(continuation.Limits, (bytes, limit) => new ZonesSplitZone(bytes, limit == long.MaxValue ? null : limit))],
            Filled(continuation.OneZone(ZoneRestore.Dict(zone))),
            Filled(continuation.SplitZones()));
    }

    private static ZonesFilled Filled(ZoneContinuationOutcome outcome) =>
        new(outcome.Stores, outcome.Refused, outcome.Evicted, outcome.LiveBytes, outcome.Entries);
}
