using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>One line of /proc/buddyinfo.</summary>
/// <param name="Node">NUMA node.</param>
/// <param name="Zone">Name of the zone, such as Normal.</param>
/// <param name="FreeBlocks">Free blocks per order.</param>
public sealed record BuddyInfo(int Node, string Zone, IReadOnlyList<long> FreeBlocks)
{
    /// <summary>More orders than any kernel is built with: 14 on arm64 with pages of 64 KiB.</summary>
    private const int MostOrders = 16;

    public long FreePages => FreeBlocks.Select((blocks, order) => blocks << order).Sum();

    /// <exception cref="FormatException">A line is not one of /proc/buddyinfo.</exception>
    public static IReadOnlyList<BuddyInfo> Read(IEnumerable<string> lines) =>
        lines.Where(line => line.Length > 0).Select(ReadLine).ToArray();

    private static BuddyInfo ReadLine(string line)
    {
        (int node, string zone, string[] words) = ZoneLine.Split(line);
        if (words.Length > MostOrders)
            throw new FormatException($"A zone with {words.Length.ToString(CultureInfo.InvariantCulture)} orders.");
        return new BuddyInfo(node, zone, words.Select(ZoneLine.Blocks).ToArray());
    }
}
