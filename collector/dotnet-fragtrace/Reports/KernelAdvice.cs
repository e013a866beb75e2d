using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Reports;

/// <summary>Remedies for physical fragmentation whose sign was seen, each with what it costs. None is ever carried out here.</summary>
internal static class KernelAdvice
{
    private const int HugeOrder = 9;
    private const int Fragmented = 500;
    private const double LargeCache = 0.1;
    private const double ReserveMost = 0.05;
    private const double WasteNotable = 0.2;
    private const long WasteLeastBytes = 32 << 20;

    public static IReadOnlyList<KernelAdviceRow> For(KernelSnapshot kernel)
    {
        List<KernelAdviceRow> advice = [];
        KernelZone[] scarce = [.. Judged(kernel).Where(IsFragmented)];
        if (scarce.Length > 0)
            AddForFragmentation(kernel, scarce, advice);
        AddForReserve(kernel, advice);
        AddForSlabs(kernel, advice);
        AddForSwap(kernel, advice);
        return advice;
    }

    /// <summary>Zones that matter: those with at least a twentieth of the managed, or else of the free, pages.</summary>
    private static IEnumerable<KernelZone> Judged(KernelSnapshot kernel)
    {
        long all = kernel.Zones.Sum(Weight);
        return kernel.Zones.Where(zone => Weight(zone) * 20 >= all);
    }

    private static long Weight(KernelZone zone) => zone.Info?.ManagedPages is > 0 and long managed ? managed : zone.FreePages;

    private static bool IsFragmented(KernelZone zone) =>
        zone.Outlook is OrderOutlook.TroublePossible or OrderOutlook.TroubleLikely or OrderOutlook.NothingFree
        || zone.Unusable[Math.Min(HugeOrder, zone.Orders - 1)] > Fragmented;

    private static void AddForFragmentation(KernelSnapshot kernel, KernelZone[] zones, List<KernelAdviceRow> advice)
    {
        string where = string.Join(", ", zones.Take(4).Select(zone => FormattableString.Invariant($"node {zone.Node} {zone.Name}")));
        string because = $"Free memory is in small blocks in {where}.";
        advice.Add(new(
            because, "Find what allocates under churn: one size per pool, reuse of buffers, coarser granularity, and fewer long-lived kernel objects between short-lived ones.",
            "The only remedy that lasts; the others buy time."));
        advice.Add(new(
            because, "Compact by hand: write 1 to /proc/sys/vm/compact_memory.",
            "It takes CPU time and may stall allocations while it runs, moves only movable pages, and its gain decays while the cause stays."));
        AddForCaches(kernel, because, advice);
        if (kernel.HugePages.Enabled is "always" || kernel.Counter("thp_fault_fallback") is > 0)
        {
            advice.Add(new(
                because + " Transparent huge pages ask for order 9.",
                "Set transparent huge pages to madvise or never, or their defrag to defer.",
                "Programs that profit from huge pages get slower; pages that are huge already stay so until their programs restart."));
        }

        advice.Add(new(
            because, "Bound the greediest services by cgroups (memory.high), restart them at quiet times, or add memory.",
            "A limit throttles or ends the service that meets it; a restart loses its state and warm caches."));
        if (kernel.Zones.Select(zone => zone.Node).Distinct().Skip(1).Any())
        {
            advice.Add(new(
                because + " Memory is divided among several nodes.", "Let large programs interleave their memory, or switch NUMA off at boot (numa=off).",
                "Memory of the far node is slower; measure before and after."));
        }
    }

    private static void AddForCaches(KernelSnapshot kernel, string because, List<KernelAdviceRow> advice)
    {
        long caches = (kernel.Kilobytes("Cached") ?? 0) + (kernel.Kilobytes("Buffers") ?? 0) + (kernel.Kilobytes("SReclaimable") ?? 0);
        if (kernel.Kilobytes("MemTotal") is not { } total || total == 0 || caches < total * LargeCache)
            return;
        string share = Amounts.Percent((double)caches / total);
        advice.Add(new(
            $"{because} {share} of memory are file and slab caches.",
            "As an experiment, drop caches (write 2 for slab, 3 for both to /proc/sys/vm/drop_caches), then compact.",
            "Everything dropped must be read from disk again: latency rises for minutes; never a routine on a busy machine. Run sync first."));
        advice.Add(new(
            $"{because} {share} of memory are file and slab caches.",
            $"Raise vm.vfs_cache_pressure above {kernel.Settings.VfsCachePressure ?? 100}, so that inode and directory caches are given back sooner.",
            "File names are looked up on disk more often; far above 1000 it costs more than it brings."));
    }

    private static void AddForReserve(KernelSnapshot kernel, List<KernelAdviceRow> advice)
    {
        if (kernel.Kilobytes("MemTotal") is not { } total || total == 0 || kernel.Settings.MinFreeKilobytes is not { } reserve)
            return;
        double share = (double)reserve / total;
        string now = $"vm.min_free_kbytes is {Amounts.Bytes(reserve * 1024.0)}, {Amounts.Percent(share)} of memory";
        bool hasStalls = KernelFigures.DirectReclaims(kernel) is > 0 || kernel.Counter("compact_stall") is > 0;
        if (share > ReserveMost)
        {
            advice.Add(new(
                now + ".", "Lower it below 5 % of memory.",
                "That much cannot be used by programs: above 5 to 10 % the machine runs out of memory early."));
        }
        else if (hasStalls)
        {
            advice.Add(new(
                $"{now}, and requests have stalled in reclaim or compaction since boot.",
                "Raise vm.min_free_kbytes, so that the reclaimer starts earlier.",
                "Never above 5 to 10 % of memory: programs cannot use it, and too much of it ends in out-of-memory kills."));
        }
    }

    private static void AddForSlabs(KernelSnapshot kernel, List<KernelAdviceRow> advice)
    {
        SlabCache[] wasteful = [.. (kernel.Slabs ?? []).Where(cache => cache.WasteBytes(kernel.PageBytes) is var waste
            && waste >= WasteLeastBytes && waste >= cache.Bytes(kernel.PageBytes) * WasteNotable).Take(3)];
        if (wasteful.Length == 0)
            return;
        string names = string.Join(", ", wasteful.Select(cache => $"{cache.Name} ({Amounts.Bytes(cache.WasteBytes(kernel.PageBytes))})"));
        advice.Add(new(
            $"Slab caches hold pages that few objects keep: {names}.",
            "Find who fills and empties them; to see what can be given back, shrink one cache (/sys/kernel/slab/<cache>/shrink).",
            "Shrinking walks all its slabs and frees only wholly empty ones; objects in use are never moved."));
    }

    private static void AddForSwap(KernelSnapshot kernel, List<KernelAdviceRow> advice)
    {
        if (kernel.Kilobytes("SwapTotal") is not { } total || total == 0 || kernel.Kilobytes("SwapFree") is not { } free || free * 2 > total)
            return;
        advice.Add(new(
            $"{Amounts.Percent(1 - (double)free / total)} of swap is used.",
            $"Lower vm.swappiness (now {kernel.Settings.Swappiness?.ToString(CultureInfo.InvariantCulture) ?? "not known"}) where latency matters, or add memory.",
            "With less swapping the file cache shrinks first, and out-of-memory kills come earlier."));
    }
}
