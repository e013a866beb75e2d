using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The whole GC heap of .NET 8 to 10 with regions, workstation GC that blocks, 64-bit (coreclr gc: allocation, plan,
/// sweep, compaction and dynamic tuning, source of 2025): generations 0 to 2, large and pinned objects. A block's bytes
/// are the payload of an array. Arrays that reach the threshold go to the large object heap, those allocated as pinned
/// to theirs, the rest to generation 0; survivors grow older. Free makes an object unreachable; a GC of its generation
/// gives its bytes back. Collect is a blocking GC of a generation, trim a full one.
/// <para>Exact: everything <c>dotnet-loh</c> and <c>dotnet-poh</c> say of their heaps, in scripts that also hold small
/// objects. Within bounds, for objects of one thread: sweep or compact right in nine of ten GCs, gaps of generation 2 to
/// 15 % of its size.</para>
/// <para>Approximated: there is one allocation context, so threads do not share regions out; GCs that start by themselves
/// follow fixed budgets, generation 0 a set one; memory is never scarce; commits of regions that were freed
/// are undone at once; pinned large objects move when their heap compacts. No GC runs in the background.</para>
/// <para>In the layout an unreachable object is metadata until it is collected, as are pads, lost remainders, region
/// headers and committed bytes behind the last object.</para>
/// </summary>
public sealed class GcHeapModel : IAllocatorModel
{
    private readonly GcHeaps _heaps;
    private readonly LiveBlocks<GcPlace> _blocks = new();
    private readonly bool _collectsOnBudget;
    private readonly bool _compactsOnTrim;
    private readonly bool _compactsOnCollect;
    private readonly long _threshold;
    private long _liveRequestedBytes;
    private long _grantedBytes;
    private long _index = -1;
    private long _now;
    private long _lastFull;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public GcHeapModel(ModelSettings settings)
    {
        _collectsOnBudget = GcLayout.CollectsOnBudget(settings);
        _compactsOnTrim = settings.Flag("compact");
        _compactsOnCollect = settings.Flag("force");
        _threshold = settings.ByteCount("threshold", 85_000, 1 << 20);
        _heaps = new GcHeaps(
            settings.ByteCount("gen0", 64 << 10, 1L << 40),
            (int)settings.Whole("conserve", 0, 9),
            GcLayout.RegionBytes(settings, 2 << 20));
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-gc",
        "whole GC heap of .NET 8 to 10, regions, workstation GC",
        "blocking GCs of one thread: large and pinned objects exact, small ones by the runtime's own plan; self-started "
            + "young GCs approximated; background and server GC are not modelled",
        "L is the payload of reachable arrays; A adds header and rounding; C and R are the committed bytes of the regions; "
            + "F is the gaps that fit a free list: neither a region's end, nor pads, nor garbage that no GC has found",
        TakesCacheEvents: false,
        [
            new("gc", "self", "GCs: self (blocking, when a budget is spent), or scripted (trim and collect)"),
            new("gen0", "6m", "smallest budget of generation 0 (5/8 of GCgen0size; the default follows the processor's cache)"),
            new("conserve", "0", "GCConserveMemory, 0 to 9"),
            new("compact", "false", "whether trim compacts all heaps (GCLargeObjectHeapCompactionMode.CompactOnce)"),
            new("force", "false", "whether every GC of the trace compacts (GC.Collect with compacting: true)"),
            new("region", "4m", "bytes of a small region, a power of two from 2m to 4g; large ones are 8 times as large"),
            new("threshold", "85000", "bytes of the smallest large object, header included, rounding not"),
        ],
        settings => new GcHeapModel(settings))
    {
        Remedies = new(
            Capacity: null,
            [
                new("conserve", "5", "set DOTNET_GCConserveMemory=5"),
                new("conserve", "9", "set DOTNET_GCConserveMemory=9"),
            ],
            []),
    };

    /// <summary>Called right after every GC; the model itself keeps no history.</summary>
    public Action<GcHeapSample>? Collected { get; set; }

    public HeapCounters Counters => new(
        _liveRequestedBytes, _grantedBytes, _heaps.CommittedBytes, _heaps.CommittedBytes, _heaps.FreeBytes,
        _heaps.FreeBytes);

    public HeapLayout Layout()
    {
        List<LayoutExtent> extents = new();
        _heaps.AddExtents(extents);
        return new HeapLayout(Counters, extents);
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        _index++;
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_blocks.TryGet(allocationEvent.Id, out GcPlace live) && !live.IsRefused)
                    throw new TraceException("the block is live already");
                return Allocate(allocationEvent, allocationEvent.Site);
            case AllocationEventKind.Free:
                if (!_blocks.Remove(allocationEvent.Id, out GcPlace freed))
                    throw new TraceException("the block is not live");
                if (freed.IsRefused)
                    return new EventOutcome(EventAnswer.NotFound);
                Drop(freed);
                break;
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            case AllocationEventKind.Pin:
                return Pin(allocationEvent.Id, 1);
            case AllocationEventKind.Unpin:
                return Pin(allocationEvent.Id, -1);
            case AllocationEventKind.Trim:
                Collect(SmallObjectHeap.Oldest, _compactsOnCollect, _compactsOnTrim);
                break;
            case AllocationEventKind.Collect:
                if (allocationEvent.Id < 0)
                    throw new TraceException("there is no generation below 0");
                int asked = (int)Math.Min(allocationEvent.Id, SmallObjectHeap.Oldest);
                Collect(asked, _compactsOnCollect, compactsLarge: false);
                break;
            case AllocationEventKind.Time:
                _now = allocationEvent.Milliseconds;
                break;
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }

        return new EventOutcome(EventAnswer.Ok);
    }

    private EventOutcome Allocate(in AllocationEvent request, int site)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block has at least 0 bytes");
        if (request.Bytes > UserOldHeap.MostBytes)
            return Refuse(request);
        long bytes = LohLayout.ObjectBytes(request.Bytes);
        GcHeapKind heap = (request.Traits & BlockTraits.Pinned) != BlockTraits.None ? GcHeapKind.Pinned
            : request.Bytes >= _threshold - LohLayout.HeaderBytes ? GcHeapKind.Large : GcHeapKind.Small;
        if (_collectsOnBudget && _heaps.WantsCollection(heap))
            Collect(0, compactsSmall: false, compactsLarge: false);
        GcPlace place = new(heap, _heaps.Allocate(heap, bytes));
        if (place.IsRefused)
            return Refuse(request);
        ref UohBlock block = ref _heaps[place];
        block.RequestedBytes = request.Bytes;
        block.Site = site;
        _blocks.Set(request.Id, place);
        _liveRequestedBytes += request.Bytes;
        _grantedBytes += bytes;
        return new EventOutcome(EventAnswer.Ok, block.Start);
    }

    /// <summary>A refused block keeps its id; one that shall grow stays as it is.</summary>
    private EventOutcome Refuse(in AllocationEvent request)
    {
        if (!_blocks.Contains(request.Id))
            _blocks.Set(request.Id, new GcPlace(GcHeapKind.Large, -1));
        return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
    }

    private void Drop(GcPlace place)
    {
        ref UohBlock block = ref _heaps[place];
        _liveRequestedBytes -= block.RequestedBytes;
        _grantedBytes -= block.Bytes;
        _heaps.Drop(place);
    }

    /// <summary>Arrays do not grow: the new one is allocated while the old one is still reachable.</summary>
    private EventOutcome Reallocate(in AllocationEvent request)
    {
        if (!_blocks.TryGet(request.Id, out GcPlace old))
            throw new TraceException("the block is not live");
        EventOutcome outcome = Allocate(
            request, request.Site < 0 && !old.IsRefused ? _heaps[old].Site : request.Site);
        if (outcome.Answer != EventAnswer.NoMemory && !old.IsRefused)
            Drop(old);
        return outcome;
    }

    private EventOutcome Pin(long id, int change)
    {
        if (!_blocks.TryGet(id, out GcPlace place))
            throw new TraceException("the block is not live");
        if (place.IsRefused)
            return new EventOutcome(EventAnswer.NotFound);
        if (place.Heap != GcHeapKind.Small)
            return new EventOutcome(EventAnswer.Ok);
        if (!_heaps.Small.Pin(place.Block, change))
            throw new TraceException("the block is not pinned");
        return new EventOutcome(EventAnswer.Ok);
    }

    private void Collect(int asked, bool compactsSmall, bool compactsLarge)
    {
        int generation = _heaps.Condemned(asked);
        bool compacted = _heaps.Collect(generation, compactsSmall, compactsLarge, (_now - _lastFull) / 1000f);
        if (generation == SmallObjectHeap.Oldest)
            _lastFull = _now;
        Collected?.Invoke(_heaps.Sample(_index, generation, compacted));
    }
}
