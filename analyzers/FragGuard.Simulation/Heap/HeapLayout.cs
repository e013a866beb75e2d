using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Heap;

/// <summary>
/// Snapshot of a heap or zone: used, free, released and metadata extents that never overlap, in address order.
/// Used + free + metadata bytes equal <see cref="HeapCounters.CommittedBytes"/>.
/// </summary>
public sealed class HeapLayout
{
    /// <exception cref="ArgumentException">Extents overlap or are not in address order.</exception>
    public HeapLayout(
        HeapCounters counters,
        IReadOnlyList<LayoutExtent> extents,
        IReadOnlyList<SizeClass>? sizeClasses = null,
        ZonePages? zone = null,
        long osPageBytes = 4096)
    {
        if (osPageBytes <= 0)
            throw new ArgumentOutOfRangeException(nameof(osPageBytes), "A page holds at least one byte.");
        for (int i = 1; i < extents.Count; i++)
        {
            if (extents[i].Extent.Start < extents[i - 1].Extent.End)
            {
                throw new ArgumentException(
                    $"Extent {extents[i].Extent} starts before {extents[i - 1].Extent} ends.", nameof(extents));
            }
        }

        Counters = counters;
        Extents = extents;
        SizeClasses = sizeClasses ?? Array.Empty<SizeClass>();
        Zone = zone;
        OsPageBytes = osPageBytes;
    }

    public HeapCounters Counters { get; }

    /// <summary>All extents, in address order, without overlap.</summary>
    public IReadOnlyList<LayoutExtent> Extents { get; }

    /// <summary>Per size class, smallest first; empty where the allocator has none.</summary>
    public IReadOnlyList<SizeClass> SizeClasses { get; }

    /// <summary>Page accounting, where the allocator cuts its zone into pages.</summary>
    public ZonePages? Zone { get; }

    /// <summary>Bytes of one OS page: the unit in which memory can be trapped.</summary>
    public long OsPageBytes { get; }
}
