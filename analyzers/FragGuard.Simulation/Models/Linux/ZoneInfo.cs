using System;
using System.Collections.Generic;
using System.Globalization;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>What /proc/zoneinfo says of one zone.</summary>
/// <param name="Node">NUMA node.</param>
/// <param name="Zone">Name of the zone, such as Normal.</param>
/// <param name="FirstPage">Page frame number of the first page; 0 for a zone without pages.</param>
/// <param name="SpannedPages">Pages from the first to the last, holes included.</param>
/// <param name="ManagedPages">Pages that the buddy allocator manages.</param>
/// <param name="BoostPages">What is added to the watermarks for now.</param>
/// <param name="Watermarks">Min, low and high, without the boost.</param>
public sealed record ZoneInfo(
    int Node, string Zone, long FirstPage, long SpannedPages, long ManagedPages, long BoostPages, ZoneWatermarks Watermarks)
{
    /// <summary>The kernel's name of <see cref="ReclaimableSlabPages"/>, in /proc/vmstat too.</summary>
    public const string ReclaimableSlabs = "nr_slab_reclaimable";

    public long EndPage => FirstPage + SpannedPages;

    /// <summary>Pages on the free lists; 0 where the kernel does not name them.</summary>
    public long FreePages { get; init; }

    /// <summary>Pages of reclaimable slabs; from Linux 4.8 on those of all zones of its node, and 0 in all but one zone of it.</summary>
    public long ReclaimableSlabPages { get; init; }

    /// <exception cref="FormatException">The lines are not those of /proc/zoneinfo.</exception>
    public static IReadOnlyList<ZoneInfo> Read(IEnumerable<string> lines)
    {
        List<ZoneInfo> zones = new();
        Dictionary<string, long> numbers = new(StringComparer.Ordinal);
        string? heading = null;
        foreach (string line in lines)
        {
            if (line.StartsWith("Node ", StringComparison.Ordinal))
            {
                AddZone(zones, heading, numbers);
                heading = line;
                numbers.Clear();
                continue;
            }

            string[] words = line.Split([' ', ':'], StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 2 && !numbers.ContainsKey(words[0])
                && long.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out long number)
                && number <= ZoneLine.MostPages)
            {
                numbers.Add(words[0], number);
            }
        }

        AddZone(zones, heading, numbers);
        return zones;
    }

    /// <summary>The first number a zone gives for each name counts: later ones with the same name are of its per-CPU lists.</summary>
    private static void AddZone(List<ZoneInfo> zones, string? heading, Dictionary<string, long> numbers)
    {
        if (heading is null)
            return;
        (int node, string zone, _) = ZoneLine.Split(heading);
        long Number(string name) => numbers.TryGetValue(name, out long number) ? number : 0;
        long boost = Number("boost");
        zones.Add(new ZoneInfo(
            node, zone, Number("start_pfn"), Number("spanned"), Number("managed"), boost,
            new ZoneWatermarks(Number("min") - boost, Number("low") - boost, Number("high") - boost))
        {
            FreePages = Number("nr_free_pages"),
            ReclaimableSlabPages = Number(ReclaimableSlabs),
        });
    }
}
