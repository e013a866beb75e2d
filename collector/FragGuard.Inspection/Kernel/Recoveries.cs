using System;
using System.Collections.Generic;

namespace FragGuard.Inspection.Kernel;

/// <summary>
/// Marks a recovery when the usable memory at an order has risen above its lowest point by a quarter of it, and by at
/// least half a percent of all memory. Order 0 counts not: all free memory is usable there.
/// </summary>
/// <param name="allPages">Pages of the machine.</param>
internal sealed class Recoveries(long allPages)
{
    private const long ShareOfAll = 200;
    private const long ShareOfLowest = 4;

    private readonly List<KernelSample> _lowest = [];

    public KernelRecovery? Add(KernelSample sample)
    {
        KernelRecovery? most = null;
        for (int order = 0; order < sample.UsablePages.Count; order++)
        {
            if (_lowest.Count <= order)
                _lowest.Add(sample);
            long now = sample.UsablePages[order];
            long before = order < _lowest[order].UsablePages.Count ? _lowest[order].UsablePages[order] : 0;
            if (now <= before)
                _lowest[order] = sample;
            else if (order > 0 && now - before >= Math.Max(Math.Max(1, allPages / ShareOfAll), before / ShareOfLowest))
            {
                if (most is null || now - before >= most.ToPages - most.FromPages)
                    most = new KernelRecovery(sample.At, order, before, now, CauseOf(_lowest[order], sample));
                _lowest[order] = sample;
            }
        }

        return most;
    }

    private static RecoveryCause CauseOf(KernelSample from, KernelSample to) =>
        (to.CompactedPages > from.CompactedPages, to.ReclaimedPages > from.ReclaimedPages) switch
        {
            (true, true) => RecoveryCause.CompactionAndReclaim,
            (true, false) => RecoveryCause.Compaction,
            (false, true) => RecoveryCause.Reclaim,
            _ => RecoveryCause.Freed,
        };
}
