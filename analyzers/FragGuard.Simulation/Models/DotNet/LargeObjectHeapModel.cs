using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// The large object heap of .NET 8 to 10 with regions, workstation GC, 64-bit (coreclr gc: allocation, sweep, plan and
/// dynamic tuning). A block's bytes are the payload of an array: the model adds the array header, rounds up to 8 and
/// puts the 32-byte pad in front. Free makes an object unreachable; its bytes come back with the next full GC.
/// <para>Exact: place of every object when full GCs block, budget and moment of a full GC that the heap triggers
/// itself in a program that allocates nothing else, compaction by request and by GCConserveMemory.</para>
/// <para>Approximated: a background GC finds all garbage when it starts, ends after a set number of allocated bytes and
/// sweeps at once; regions that empty are returned at once, where the runtime keeps some for a while; each region gets
/// new addresses; the small object heap counts as empty; memory never runs out.</para>
/// <para>In the layout an unreachable object is metadata until it is collected, as are pads, lost remainders, region
/// headers and committed bytes behind the last object. Committed bytes follow the runtime's commit steps.</para>
/// </summary>
public sealed class LargeObjectHeapModel : IAllocatorModel
{
    private readonly LargeObjectHeap _heap;
    private readonly LohBudget _budget;
    private readonly bool _collectsOnBudget;
    private readonly bool _collectsInBackground;
    private readonly long _duringBytes;
    private readonly bool _compactsOnTrim;
    private readonly int _conserve;
    private readonly long _threshold;
    private readonly Dictionary<long, LohBlock?> _blocks = new();
    private readonly List<GcSample> _collections = new();
    private long _liveRequestedBytes;
    private long _grantedBytes;
    private long _index = -1;
    private long _now;
    private long _lastCollection;
    private long? _backgroundLeftBytes;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    public LargeObjectHeapModel(ModelSettings settings)
    {
        (_collectsOnBudget, _collectsInBackground) = settings.Text("gc") switch
        {
            "self" => (true, false),
            "background" => (true, true),
            "scripted" => (false, false),
            string other => throw new ModelSettingException($"gc={other} is none of self, background and scripted."),
        };
        _duringBytes = settings.ByteCount("during");
        _conserve = (int)settings.Whole("conserve", 0, 9);
        _compactsOnTrim = settings.Flag("compact");
        _threshold = settings.ByteCount("threshold", 1);
        _budget = new LohBudget(_conserve);
        _heap = new LargeObjectHeap(RegionBytes(settings));
    }

    internal static AllocatorModelInfo Info { get; } = new(
        "dotnet-loh",
        "large object heap of .NET 8 to 10, regions, workstation GC",
        "addresses and self-started full GCs exact when full GCs block; background GCs last a set number of bytes",
        "L is the payload of reachable arrays; A adds header and rounding; C and R are the committed bytes of the regions; "
            + "F is the gaps on the free lists: neither a region's end, nor pads, nor garbage that no full GC has found",
        TakesCacheEvents: false,
        [
            new("gc", "self", "full GCs: self (blocking, when the budget is spent), background, or scripted (only trim)"),
            new("during", "16m", "bytes allocated while a background GC runs"),
            new("conserve", "0", "GCConserveMemory, 0 to 9"),
            new("compact", "false", "whether trim compacts the heap (GCLargeObjectHeapCompactionMode.CompactOnce)"),
            new("region", "32m", "bytes of a large region, a power of two from 1m to 4g"),
            new("threshold", "85000", "bytes of the smallest object on this heap, header included, rounding not"),
        ],
        settings => new LargeObjectHeapModel(settings));

    /// <summary>Every full GC so far, oldest first.</summary>
    public IReadOnlyList<GcSample> Collections => _collections;

    public HeapCounters Counters => new(
        _liveRequestedBytes, _grantedBytes, _heap.CommittedBytes, _heap.CommittedBytes, _heap.FreeBytes, _heap.FreeBytes);

    public HeapLayout Layout() => new(Counters, _heap.Extents());

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        _index++;
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Allocate:
                if (_blocks.ContainsKey(allocationEvent.Id))
                    throw new TraceException("the block is live already");
                return Allocate(allocationEvent);
            case AllocationEventKind.Free:
                Free(allocationEvent.Id);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            case AllocationEventKind.Trim:
                Collect(_compactsOnTrim);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Time:
                _now = allocationEvent.Milliseconds;
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    private static long RegionBytes(ModelSettings settings)
    {
        long bytes = settings.ByteCount("region", 1 << 20, 1L << 32);
        return (bytes & (bytes - 1)) == 0
            ? bytes
            : throw new ModelSettingException($"region={settings.Text("region")} is not a power of two.");
    }

    private EventOutcome Allocate(in AllocationEvent request)
    {
        long objectBytes = LohLayout.ObjectBytes(request.Bytes);
        if (request.Bytes + LohLayout.HeaderBytes < _threshold)
        {
            _blocks[request.Id] = null;
            return new EventOutcome(EventAnswer.Ignored);
        }

        if (_backgroundLeftBytes <= 0)
            FinishBackground();
        if (_collectsOnBudget && _budget.IsSpent)
            CollectOnBudget();
        LohBlock block = _heap.Allocate(objectBytes);
        _budget.Spend(objectBytes + LohLayout.PadBytes);
        _backgroundLeftBytes -= objectBytes;
        block.RequestedBytes = request.Bytes;
        block.Site = request.Site;
        _blocks[request.Id] = block;
        _liveRequestedBytes += request.Bytes;
        _grantedBytes += objectBytes;
        return new EventOutcome(EventAnswer.Ok, block.Start);
    }

    private void Free(long id)
    {
        if (!_blocks.TryGetValue(id, out LohBlock? block))
            throw new TraceException("the block is not live");
        _blocks.Remove(id);
        Drop(block);
    }

    private void Drop(LohBlock? block)
    {
        if (block is null)
            return;
        block.State = LohBlockState.Dead;
        _liveRequestedBytes -= block.RequestedBytes;
        _grantedBytes -= block.Bytes;
    }

    /// <summary>Arrays do not grow: the new one is allocated while the old one is still reachable.</summary>
    private EventOutcome Reallocate(in AllocationEvent request)
    {
        if (!_blocks.TryGetValue(request.Id, out LohBlock? old))
            throw new TraceException("the block is not live");
        EventOutcome outcome = Allocate(request.Site < 0 && old is not null ? request with { Site = old.Site } : request);
        Drop(old);
        return outcome;
    }

    private void CollectOnBudget()
    {
        if (_backgroundLeftBytes is not null)
            return;
        if (!_collectsInBackground || ConservesByCompacting())
        {
            Collect(compactRequested: false);
            return;
        }

        _heap.Mark();
        _backgroundLeftBytes = _duringBytes;
    }

    private void FinishBackground()
    {
        if (_backgroundLeftBytes is null)
            return;
        _backgroundLeftBytes = null;
        long beforeBytes = _heap.SizeBytes - _heap.FragmentationBytes;
        _heap.Sweep();
        Record(beforeBytes, compacted: false);
    }

    private void Collect(bool compactRequested)
    {
        FinishBackground();
        bool compacts = compactRequested || ConservesByCompacting();
        long beforeBytes = _heap.SizeBytes - _heap.FragmentationBytes;
        _heap.Mark();
        if (compacts)
            _heap.Compact();
        else
            _heap.Sweep();
        Record(beforeBytes, compacts);
    }

    private void Record(long beforeBytes, bool compacted)
    {
        long fragmentation = _heap.FragmentationBytes;
        _budget.Renew(beforeBytes, _heap.SizeBytes - fragmentation, (_now - _lastCollection) / 1000f);
        _lastCollection = _now;
        _collections.Add(new GcSample(_index, _heap.SizeBytes, fragmentation, _budget.DesiredBytes, compacted));
    }

    /// <summary>GCConserveMemory judges the gaps that are left from the GC before, not the garbage of now.</summary>
    private bool ConservesByCompacting() =>
        _conserve != 0 && _heap.SizeBytes != 0
        && _heap.FragmentationBytes / (float)_heap.SizeBytes > 1f - (_conserve / 10f);
}
