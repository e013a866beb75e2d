using System.Collections.Generic;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// How a request gets its block: below the low watermark the reclaimer would be woken, below min the request is refused;
/// where free memory would do but no block is large enough, the request waits for compaction (the fast and the slow path
/// of __alloc_pages, without reclaim).
/// </summary>
internal sealed class BuddyRequests
{
    /// <summary>Largest order whose requests the kernel does not give up early (PAGE_ALLOC_COSTLY_ORDER).</summary>
    private const int LargestCheapOrder = 3;

    private readonly BuddyZone _zone;
    private readonly BuddyFallback _fallback;
    private readonly WatermarkBoost _boost;
    private readonly ZoneCompaction _compaction;
    private readonly CompactionDeferral _deferral = new();
    private readonly ZoneWatermarks _watermarks;
    private readonly int _extfragThreshold;
    private readonly bool _compacts;
    private readonly bool _compactsBeforeItMixes;
    private readonly PerCpuList? _perCpu;

    public BuddyRequests(
        BuddyZone zone, BuddyFallback fallback, WatermarkBoost boost, ZoneCompaction compaction, BuddySettings settings)
    {
        _zone = zone;
        _fallback = fallback;
        _boost = boost;
        _compaction = compaction;
        _watermarks = settings.Watermarks;
        _extfragThreshold = settings.ExtfragThreshold;
        _compacts = settings.Compacts;
        _compactsBeforeItMixes = settings.CompactsBeforeItMixes;
        _perCpu = settings.PerCpuHigh > 0 ? new PerCpuList(zone, settings.PerCpuHigh, settings.PerCpuBatch) : null;
    }

    /// <summary>Requests that found less than the low watermark free.</summary>
    public long BelowLow { get; private set; }

    /// <summary>Takes a block; none when the request is refused.</summary>
    public int Take(int order, int type)
    {
        if (_perCpu is null)
            return TakeFromLists(order, type);
        int page = order > PerCpuList.LargestOrder ? BuddyZone.None : _perCpu.Take(order, type);
        if (page != BuddyZone.None)
            return page;
        page = TakeFromLists(order, type);
        if (page == BuddyZone.None)
        {
            _perCpu.DrainAll();
            return TakeFromLists(order, type);
        }

        if (order <= PerCpuList.LargestOrder)
            Refill(_perCpu, order, type);
        return page;
    }

    /// <summary>Frees a block.</summary>
    public void Release(int page, int order)
    {
        if (_perCpu is null || order > PerCpuList.LargestOrder)
            _zone.Release(page, order);
        else
            _perCpu.AddFreed(page, order);
    }

    /// <summary>Compacts the whole zone; the per-CPU list is drained first.</summary>
    public void CompactAll()
    {
        _perCpu?.DrainAll();
        _compaction.CompactAll();
    }

    private void Refill(PerCpuList perCpu, int order, int type)
    {
        for (int left = perCpu.BatchOf(order) - 1; left > 0; left--)
        {
            int page = TakeNow(order, type, _compactsBeforeItMixes);
            if (page == BuddyZone.None)
                return;
            perCpu.AddOldest(page, order, type);
        }
    }

    private int TakeFromLists(int order, int type)
    {
        if (_zone.FreePages - ((1 << order) - 1) <= _watermarks.Low + _boost.Pages)
            WakeReclaimer();
        if (IsAboveMin(order))
        {
            int page = TakeNow(order, type, _compactsBeforeItMixes);
            if (page != BuddyZone.None)
                return page;
        }

        if (order > 0 && _compacts && TryCompact(order, type, out int compacted))
            return compacted;
        return _compactsBeforeItMixes && IsAboveMin(order)
            ? TakeNow(order, type, wholeBlocksOnly: false)
            : BuddyZone.None;
    }

    /// <summary>The boost is an order to the reclaimer, which is taken to have run by the next request.</summary>
    private void WakeReclaimer()
    {
        if (_zone.FreePages <= _watermarks.Low)
            BelowLow++;
        _boost.TakeBack();
    }

    private int TakeNow(int order, int type, bool wholeBlocksOnly)
    {
        int page = _zone.TakeSmallest(order, type);
        return page != BuddyZone.None ? page : _fallback.Take(order, type, wholeBlocksOnly);
    }

    private bool IsAboveMin(int order) => _zone.FreePages - ((1 << order) - 1) > _watermarks.Min;

    private bool TryCompact(int order, int type, out int page)
    {
        page = BuddyZone.None;
        CompactionCounts counts = _compaction.Counts;
        if (_deferral.IsDeferred(order))
        {
            counts.Deferred++;
            return false;
        }

        if (!IsSuitable(order))
        {
            counts.Skipped++;
            return false;
        }

        counts.Stalls++;
        page = CompactAndTake(order, type, wholeZone: false);
        if (page == BuddyZone.None && order <= LargestCheapOrder)
            page = CompactAndTake(order, type, wholeZone: true);
        if (page == BuddyZone.None)
        {
            _deferral.Failed(order);
            counts.Failures++;
            return false;
        }

        _deferral.Succeeded(order);
        counts.Successes++;
        return true;
    }

    /// <summary>The lists are asked even if the run ended without a block for the request at the end of a page block.</summary>
    private int CompactAndTake(int order, int type, bool wholeZone)
    {
        _compaction.CompactFor(order, type, wholeZone);
        return IsAboveMin(order) ? TakeNow(order, type, _compactsBeforeItMixes) : BuddyZone.None;
    }

    /// <summary>Whether enough memory is free to move pages about, and fragmentation is what the request fails of.</summary>
    private bool IsSuitable(int order)
    {
        bool isCheap = order <= LargestCheapOrder;
        if (_zone.FreePages <= (isCheap ? _watermarks.Min : _watermarks.Low) + (2L << order))
            return false;
        if (isCheap)
            return true;
        IReadOnlyList<long> freeBlocks = _zone.FreeBlocks;
        int index = FragmentationIndex.External(freeBlocks, order);
        return index < 0 || index > _extfragThreshold;
    }
}
