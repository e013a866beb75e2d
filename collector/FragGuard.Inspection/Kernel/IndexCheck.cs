using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>Our indices against those that debugfs printed a moment later.</summary>
/// <param name="Compared">Printed indices.</param>
/// <param name="Different">Of these, the ones that ours differ from: counts move between two readings.</param>
public sealed record IndexCheck(int Compared, int Different)
{
    internal static IndexCheck Of(IEnumerable<string> lines, IReadOnlyList<KernelZone> zones, Func<KernelZone, IReadOnlyList<int>> index)
    {
        int compared = 0;
        int different = 0;
        foreach (string[] words in lines.Select(line => line.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries)))
        {
            KernelZone? zone = words.Length < 5
                ? null
                : zones.FirstOrDefault(zone => KernelNumber.TryParse(words[1], out long node) && zone.Node == node && string.Equals(zone.Name, words[3], StringComparison.Ordinal));
            if (zone is null)
                continue;
            string[] ours = [.. index(zone).Select(FragmentationIndex.Text)];
            compared += ours.Length;
            different += ours.Length - ours.Zip(words[4..], (mine, printed) => string.Equals(mine, printed, StringComparison.Ordinal)).Count(same => same);
        }

        return new IndexCheck(compared, different);
    }

    public static IndexCheck operator +(IndexCheck left, IndexCheck right) => left.Add(right);

    public IndexCheck Add(IndexCheck other) => new(Compared + other.Compared, Different + other.Different);
}
