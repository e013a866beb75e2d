using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Reports;

/// <summary>The names of meminfo and vmstat that speak of fragmentation.</summary>
internal static class KernelFigures
{
    private static readonly string[] MemoryNames =
    [
        "MemTotal", "MemFree", "MemAvailable", "Buffers", "Cached", "AnonPages", "Slab", "SReclaimable", "SUnreclaim", "KernelStack",
        "PageTables", "AnonHugePages", "SwapTotal", "SwapFree", "CommitLimit", "Committed_AS",
    ];

    private static readonly string[] CounterNames =
    [
        "compact_stall", "compact_fail", "compact_success", "compact_daemon_wake", "compact_migrate_scanned", "compact_free_scanned",
        "compact_isolated", "thp_fault_alloc", "thp_fault_fallback", "thp_collapse_alloc", "thp_collapse_alloc_failed",
        "pgscan_direct", "pgsteal_direct", "pgscan_kswapd", "pgsteal_kswapd", "pgmigrate_success", "pgmigrate_fail",
        "drop_pagecache", "drop_slab", "oom_kill",
    ];

    /// <summary>Requests that stalled in direct reclaim since boot, all zones together; null when no counter is known.</summary>
    public static long? DirectReclaims(KernelSnapshot kernel)
    {
        long[] stalls = [.. (kernel.Counters ?? new Dictionary<string, long>(StringComparer.Ordinal))
            .Where(counter => counter.Key.StartsWith("allocstall", StringComparison.Ordinal)).Select(counter => counter.Value)];
        return stalls.Length == 0 ? null : stalls.Sum();
    }

    public static KernelFigureRow[] Memory(KernelSnapshot kernel) =>
        [.. Of(MemoryNames, kernel.Kilobytes).Select(row => row with { Value = row.Value * 1024 })];

    public static KernelFigureRow[] Counters(KernelSnapshot kernel) => DirectReclaims(kernel) is { } stalls
        ? [new KernelFigureRow("allocstall", stalls), .. Of(CounterNames, kernel.Counter)]
        : Of(CounterNames, kernel.Counter);

    private static KernelFigureRow[] Of(IEnumerable<string> names, Func<string, long?> value) =>
        [.. names.Where(name => value(name) is not null).Select(name => new KernelFigureRow(name, value(name)!.Value))];
}
