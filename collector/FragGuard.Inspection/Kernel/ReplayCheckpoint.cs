using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Models.Linux;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// What buddyinfo showed at one moment between two marks, and how near the replay came to it between them: for each zone
/// at the event when it was nearest, because the kernel counts a zone at one instant.
/// </summary>
public sealed class ReplayCheckpoint
{
    private readonly BuddyInfo?[] _shown;
    private readonly long[] _nearest;

    internal ReplayCheckpoint(IReadOnlyList<RecordedZoneRange> zones, IReadOnlyList<BuddyInfo> shown)
    {
        _shown = [.. zones.Select(zone => shown.FirstOrDefault(
            line => line.Node == zone.Node && string.Equals(line.Zone, zone.Zone, StringComparison.Ordinal)))];
        _nearest = [.. zones.Select(_ => long.MaxValue)];
    }

    /// <summary>Free pages that were shown.</summary>
    public long FreePages => _shown.Sum(zone => zone?.FreePages ?? 0);

    /// <summary>Pages in blocks that the replay has too many or too few of.</summary>
    public long DifferentPages => _shown.Zip(_nearest, (zone, pages) => zone is null ? 0 : pages).Sum();

    internal void Compare(IReadOnlyList<BuddyZone> zones)
    {
        for (int at = 0; at < _shown.Length; at++)
        {
            if (_shown[at] is not { } shown || _nearest[at] == 0)
                continue;
            long pages = 0;
            for (int order = 0; order < Math.Max(BuddyZone.Orders, shown.FreeBlocks.Count); order++)
            {
                long replayed = order < BuddyZone.Orders ? zones[at].FreeBlocks[order] : 0;
                pages += Math.Abs(replayed - shown.FreeBlocks.ElementAtOrDefault(order)) << order;
            }

            _nearest[at] = Math.Min(_nearest[at], pages);
        }
    }
}
