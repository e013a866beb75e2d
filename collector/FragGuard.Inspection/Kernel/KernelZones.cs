using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>Brings together what several files say of one zone.</summary>
internal static class KernelZones
{
    private const int MostZones = 4096;

    /// <summary>
    /// Without buddyinfo the free blocks are those of pagetypeinfo, all types together, unless a count of it is capped.
    /// Of a zone that is there twice, as in a log of many moments, the last line counts.
    /// </summary>
    public static KernelZone[] Join(IReadOnlyList<BuddyInfo> buddies, IReadOnlyList<ZoneInfo> infos, PageTypeInfo? types)
    {
        IEnumerable<BuddyInfo> lines = buddies.Count > 0 ? buddies : SumOfTypes(types);
        Dictionary<(int, string), ZoneInfo> known = [];
        foreach (ZoneInfo info in infos)
            known[(info.Node, info.Zone)] = info;
        Dictionary<(int, string), BuddyInfo> last = [];
        foreach (BuddyInfo line in lines)
            last[(line.Node, line.Zone)] = line;
        return [.. last.Values.Take(MostZones).Where(zone => zone.FreeBlocks.Count > 0 && KernelWords.IsName(zone.Zone))
            .Select(zone => new KernelZone(zone, known.GetValueOrDefault((zone.Node, zone.Zone))))];
    }

    private static IEnumerable<BuddyInfo> SumOfTypes(PageTypeInfo? types) => types is null || types.Free.Any(row => row.IsCapped)
        ? []
        : types.Free.GroupBy(row => (row.Node, row.Zone)).Select(zone => new BuddyInfo(
            zone.Key.Node, zone.Key.Zone,
            [.. Enumerable.Range(0, zone.Max(row => row.FreeBlocks.Count)).Select(order => zone.Sum(row => row.FreeBlocks.ElementAtOrDefault(order)))]));
}
