using System;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Linux;

/// <summary>
/// One zone of Linux's buddy allocator, 6.10 to 6.19 (read: mm/vmstat.c of 6.16, mm/compaction.c of 6.5 and 6.16, the
/// patches to mm/page_alloc.c of 6.15, descriptions of 6.18 and 6.19). Exact: the indices, the watermarks, splitting and
/// merging. Free blocks of recorded page events are within 3 %, mostly exact. After the source: list order, fallback between migrate types by
/// version, watermark checks, both scanners of compaction, its deferral. Approximated: an alignment beyond the size and
/// a resize, which the kernel lacks; one per-CPU list of a fixed size; compaction's shortcuts. Absent: reclaim (the
/// trace frees what is freed), background compaction, other zones, high-atomic, CMA and isolated page blocks.
/// </summary>
public sealed class LinuxBuddyModel : IAllocatorModel
{
    private const int LargestBlockPages = 1 << BuddyZone.MaxOrder;

    private static readonly byte[] OrderOfPages = OrdersOfPages();

    private readonly LiveBlocks<PageBlock> _blocks = new();
    private readonly BuddyRequests _requests;
    private readonly BuddyFallback _fallback;
    private readonly WatermarkBoost _boost;
    private readonly ZoneCompaction _compaction;
    private readonly int _pageShift;
    private readonly long _zoneBytes;
    private long _liveBytes;
    private long _usedPages;

    internal LinuxBuddyModel(BuddySettings settings)
    {
        while (1L << _pageShift < settings.PageBytes)
            _pageShift++;
        _zoneBytes = settings.MemoryBytes;
        Watermarks = settings.Watermarks;
        Zone = new BuddyZone(0, settings.Pages, settings.PageBlockOrder);
        Zone.ReleaseAll();
        _boost = new WatermarkBoost(
            settings.Pages, Watermarks.High, settings.WatermarkBoostFactor, Zone.PagesPerBlock);
        _fallback = new BuddyFallback(Zone, _boost, settings.Version.ClaimsBeforeItSteals);
        _compaction = new ZoneCompaction(Zone, _blocks, _fallback, new CompactionCounts(), Watermarks.Min);
        _requests = new BuddyRequests(Zone, _fallback, _boost, _compaction, settings);
    }

    public static AllocatorModelInfo Info { get; } = new(
        "linux-buddy",
        "Linux buddy allocator, one zone, 6.10 to 6.19",
        "indices and watermarks exact; free blocks of recorded page events within 3 %; list order, fallback and compaction "
            + "after the source; per-CPU lists, resize and alignment approximated; no reclaim, no background compaction",
        "L is the bytes asked for; A is their blocks of 1 to 1024 pages; C and R are the zone; "
            + "F is the free blocks, each one extent",
        TakesCacheEvents: false,
        BuddySettings.All,
        settings => new LinuxBuddyModel(new BuddySettings(settings)))
    {
        Remedies = new("memory", [], []),
    };

    /// <summary>The free lists.</summary>
    public BuddyZone Zone { get; }

    public ZoneWatermarks Watermarks { get; }

    /// <summary>What compaction did, stalls of requests among it.</summary>
    public CompactionCounts Compaction => _compaction.Counts;

    /// <summary>Page blocks that got another type because a request claimed them.</summary>
    public long ClaimedPageBlocks => _fallback.Claims;

    /// <summary>Requests served out of page blocks that kept their foreign type.</summary>
    public long StolenBlocks => _fallback.Steals;

    /// <summary>Times that mixing migrate types raised the watermarks.</summary>
    public long WatermarkBoosts => _boost.Raised;

    /// <summary>Requests that would have woken the reclaimer for lack of free pages.</summary>
    public long RequestsBelowLow => _requests.BelowLow;

    public HeapCounters Counters
    {
        get
        {
            long usedBytes = _usedPages << _pageShift;
            return new HeapCounters(
                _liveBytes, usedBytes, _zoneBytes, _zoneBytes, _zoneBytes - usedBytes, _zoneBytes - usedBytes);
        }
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                return Allocate(allocationEvent);
            case AllocationEventKind.Free:
                return Free(allocationEvent.Id);
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            case AllocationEventKind.Pin:
                LiveBlock(allocationEvent.Id).Pins++;
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Unpin:
                return Unpin(allocationEvent.Id);
            case AllocationEventKind.Trim:
                _requests.CompactAll();
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    public HeapLayout Layout() => BuddyLayout.Of(Zone, _blocks, Counters, 1L << _pageShift);

    private static int TypeOf(BlockTraits traits) => (traits & BlockTraits.Movable) != BlockTraits.None ? (int)MigrateType.Movable
        : (traits & BlockTraits.Reclaimable) != BlockTraits.None ? (int)MigrateType.Reclaimable
        : (int)MigrateType.Unmovable;

    private static byte[] OrdersOfPages()
    {
        byte[] orders = new byte[LargestBlockPages + 1];
        for (int pages = 2; pages < orders.Length; pages++)
            orders[pages] = (byte)(orders[(pages + 1) / 2] + 1);
        return orders;
    }

    private EventOutcome Allocate(in AllocationEvent request)
    {
        int order = OrderOf(request);
        PageBlock block = new()
        {
            Page = BuddyZone.None,
            Type = (byte)TypeOf(request.Traits),
            Site = request.Site,
        };
        if (!_blocks.TryAdd(request.Id, block))
        {
            if (_blocks[request.Id].Page != BuddyZone.None)
                throw new TraceException("the block is live already");
            _blocks.Set(request.Id, block);
        }

        return Place(request, order, block.Type);
    }

    /// <summary>Gives a block that is known, but placed nowhere, its pages.</summary>
    private EventOutcome Place(in AllocationEvent request, int order, int type)
    {
        int page = order > BuddyZone.MaxOrder ? BuddyZone.None : _requests.Take(order, type);
        if (page == BuddyZone.None)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        Zone.Occupy(page, order, type, request.Id);
        ref PageBlock block = ref _blocks[request.Id];
        block.Page = page;
        block.Order = (byte)order;
        block.RequestedBytes = request.Bytes;
        _liveBytes += request.Bytes;
        _usedPages += 1L << order;
        return new EventOutcome(EventAnswer.Ok, (long)page << _pageShift);
    }

    private EventOutcome Free(long id)
    {
        if (!_blocks.Remove(id, out PageBlock block))
            throw new TraceException("the block is not live");
        if (block.Page == BuddyZone.None)
            return new EventOutcome(EventAnswer.NotFound);
        Release(block);
        return new EventOutcome(EventAnswer.Ok);
    }

    /// <summary>A block of the same order stays; another is taken before the old one is freed.</summary>
    private EventOutcome Reallocate(in AllocationEvent request)
    {
        int order = OrderOf(request);
        if (!_blocks.TryGet(request.Id, out PageBlock old))
            throw new TraceException("the block is not live");
        if (old.Page == BuddyZone.None || old.Order != order)
            return Move(request, order, old);

        ref PageBlock block = ref _blocks[request.Id];
        _liveBytes += request.Bytes - old.RequestedBytes;
        block.RequestedBytes = request.Bytes;
        block.Site = request.Site < 0 ? old.Site : request.Site;
        return new EventOutcome(EventAnswer.Ok, (long)block.Page << _pageShift);
    }

    private EventOutcome Move(in AllocationEvent request, int order, PageBlock old)
    {
        if (old.Page != BuddyZone.None)
            _blocks[request.Id].Pins++;
        EventOutcome outcome = Place(request, order, old.Type);
        ref PageBlock block = ref _blocks[request.Id];
        block.Pins = old.Pins;
        if (outcome.Answer == EventAnswer.NoMemory)
            return outcome;
        block.Site = request.Site < 0 ? old.Site : request.Site;
        if (old.Page != BuddyZone.None)
            Release(old);
        return outcome;
    }

    private EventOutcome Unpin(long id)
    {
        ref PageBlock block = ref LiveBlock(id);
        if (block.Pins == 0)
            throw new TraceException("the block is not pinned");
        block.Pins--;
        return new EventOutcome(EventAnswer.Ok);
    }

    private void Release(in PageBlock block)
    {
        _requests.Release(block.Page, block.Order);
        _liveBytes -= block.RequestedBytes;
        _usedPages -= 1L << block.Order;
    }

    private ref PageBlock LiveBlock(long id)
    {
        if (!_blocks.Contains(id))
            throw new TraceException("the block is not live");
        return ref _blocks[id];
    }

    /// <summary>Order of the block for a request; above the largest for one that no block can serve.</summary>
    private int OrderOf(in AllocationEvent request)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
        long bytes = Math.Max(request.Bytes, request.AlignmentBytes);
        if (bytes > (long)LargestBlockPages << _pageShift)
            return BuddyZone.MaxOrder + 1;
        return OrderOfPages[(int)((bytes + (1L << _pageShift) - 1) >> _pageShift)];
    }
}
