using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// Generation 2 of .NET 8 to 10 with regions, workstation GC that blocks, 64-bit (coreclr gc: plan, sweep, compaction and
/// dynamic tuning, source of 2025), for traces of what lives long: every block is an array that has survived a GC of
/// generation 0, and comes into generation 1. A block's bytes are its payload. Free makes an object unreachable. A GC of
/// generation 1 (collect) makes its objects old: it compacts them into the gaps of generation 2 and behind its objects, or
/// sweeps, and then their regions become old as they are. A full GC (trim, or collect of generation 2) also gives
/// unreachable objects of generation 2 back, by compacting or by sweeping as the runtime decides.
/// <para>Within bounds: nine in ten decisions of full GCs, and the bytes in gaps to 15 % of the size, where 50 % or 90 % of
/// the objects die young, 2 000 or 10 000 new ones per full GC.</para>
/// <para>Approximated: what dies young is not there, so objects stand alone where the runtime moves neighbours as one, and
/// generation 0 counts as empty and always compacts (where only 30 % died young, about 93 % of the decisions agreed); GCs
/// start by themselves when the budget of generation 1 or 2 is spent. Blocks too large for the small object heap, or
/// allocated as pinned, are ignored.</para>
/// </summary>
public sealed class OldGenerationModel : IAllocatorModel
{
    private const int Elsewhere = -1;

    private readonly SmallObjectHeap _heap;
    private readonly MiddleSpace _space;
    private readonly SohGenerations _generations;
    private readonly LiveBlocks<int> _blocks = new();
    private readonly bool _collectsOnBudget;
    private readonly bool _compacts;
    private readonly long _threshold;
    private long _liveRequestedBytes;
    private long _grantedBytes;
    private long _index = -1;
    private long _now;
    private long _lastFull;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public OldGenerationModel(ModelSettings settings)
    {
        _collectsOnBudget = GcLayout.CollectsOnBudget(settings);
        _compacts = settings.Flag("force");
        _threshold = settings.ByteCount("threshold", LohLayout.ThresholdBytes, 1 << 20);
        _heap = new SmallObjectHeap(GcLayout.RegionBytes(settings, 2 << 20));
        _space = new MiddleSpace(_heap);
        _generations = new SohGenerations(
            _heap, settings.ByteCount("gen0", 64 << 10, 1L << 40), (int)settings.Whole("conserve", 0, 9));
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-gen2",
        "generation 2 of the small object heap of .NET 8 to 10, regions, workstation GC",
        "gaps within 15 % of the size, sweep or compact right in 9 of 10 full GCs where half or more of the objects die "
            + "young; these are left out and generation 0 counts as empty; server GC is not modelled",
        "L is the payload of reachable arrays; A adds header and rounding; C and R are the committed bytes of the regions; "
            + "F is the gaps that fit a free list: neither a region's end nor garbage that no full GC has found",
        TakesCacheEvents: false,
        [
            new("gc", "self", "GCs: self (blocking, when a budget is spent), or scripted (trim and collect)"),
            new("gen0", "6m", "smallest budget of generation 0 (5/8 of GCgen0size; the default follows the processor's cache)"),
            new("conserve", "0", "GCConserveMemory, 0 to 9: limits the budget"),
            new("force", "false", "whether every full GC compacts"),
            new("region", "4m", "bytes of a region, a power of two from 2m to 4g"),
            new("threshold", "1m", "bytes of the smallest object that is ignored as a large one (GCLOHThreshold)"),
        ],
        settings => new OldGenerationModel(settings));

    /// <summary>Called right after every full GC; the model itself keeps no history.</summary>
    public Action<GcSample>? Collected { get; set; }

    public HeapCounters Counters => new(
        _liveRequestedBytes, _grantedBytes, _heap.CommittedBytes, _heap.CommittedBytes, _heap.FreeBytes, _heap.FreeBytes);

    public HeapLayout Layout()
    {
        List<LayoutExtent> extents = new();
        _heap.AddExtents(extents);
        return new HeapLayout(Counters, extents);
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        _index++;
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_blocks.Contains(allocationEvent.Id))
                    throw new TraceException("the block is live already");
                return Allocate(allocationEvent, allocationEvent.Site);
            case AllocationEventKind.Free:
                if (!_blocks.Remove(allocationEvent.Id, out int freed))
                    throw new TraceException("the block is not live");
                Drop(freed);
                break;
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            case AllocationEventKind.Pin:
                return Pin(allocationEvent.Id, 1);
            case AllocationEventKind.Unpin:
                return Pin(allocationEvent.Id, -1);
            case AllocationEventKind.Trim:
                Collect(SmallObjectHeap.Oldest);
                break;
            case AllocationEventKind.Collect when allocationEvent.Id >= SmallObjectHeap.Middle:
                Collect((int)Math.Min(allocationEvent.Id, SmallObjectHeap.Oldest));
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
        if (request.Bytes >= _threshold - LohLayout.HeaderBytes
            || (request.Traits & BlockTraits.Pinned) != BlockTraits.None)
        {
            _blocks.Set(request.Id, Elsewhere);
            return new EventOutcome(EventAnswer.Ignored);
        }

        if (_collectsOnBudget && _generations.IsSpent(SmallObjectHeap.Middle))
            Collect(SmallObjectHeap.Middle);
        long bytes = LohLayout.ObjectBytes(request.Bytes);
        int placed = _space.Allocate(bytes);
        ref UohBlock block = ref _heap[placed];
        block.RequestedBytes = request.Bytes;
        block.Site = site;
        _blocks.Set(request.Id, placed);
        _generations.Add(SmallObjectHeap.Middle, bytes);
        _liveRequestedBytes += request.Bytes;
        _grantedBytes += bytes;
        return new EventOutcome(EventAnswer.Ok, block.Start);
    }

    private void Drop(int dropped)
    {
        if (dropped == Elsewhere)
            return;
        ref UohBlock block = ref _heap[dropped];
        _liveRequestedBytes -= block.RequestedBytes;
        _grantedBytes -= block.Bytes;
        _generations.Drop(dropped);
    }

    /// <summary>Arrays do not grow: the new one is allocated while the old one is still reachable.</summary>
    private EventOutcome Reallocate(in AllocationEvent request)
    {
        if (!_blocks.TryGet(request.Id, out int old))
            throw new TraceException("the block is not live");
        int site = request.Site < 0 && old != Elsewhere ? _heap[old].Site : request.Site;
        EventOutcome outcome = Allocate(request, site);
        Drop(old);
        return outcome;
    }

    private EventOutcome Pin(long id, int change)
    {
        if (!_blocks.TryGet(id, out int block))
            throw new TraceException("the block is not live");
        if (block != Elsewhere && !_heap.Pin(block, change))
            throw new TraceException("the block is not pinned");
        return new EventOutcome(EventAnswer.Ok);
    }

    private void Collect(int asked)
    {
        const int Old = SmallObjectHeap.Oldest;
        int generation = _generations.Condemned(asked);
        bool compacted = _generations.Collect(
            generation, _compacts && generation == Old, (_now - _lastFull) / 1000f);
        _space.Reset();
        if (generation < Old)
            return;
        _lastFull = _now;
        Collected?.Invoke(new GcSample(
            _index, _heap.SizeOf(Old), _heap.FragmentationOf(Old), _generations.DesiredBytes(Old), compacted));
    }
}
