using System;
using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.DotNet;

/// <summary>
/// What the models of large and of pinned objects share: one heap that only full GCs sweep, started by the trace or by
/// the heap's own budget, and blocks whose bytes are the payload of an array.
/// </summary>
public abstract class UserOldHeapModel : IAllocatorModel
{
    /// <summary>Stands for a block that another heap of the runtime holds.</summary>
    private const int Elsewhere = -1;

    /// <summary>Stands for a block that the program was refused: the next request for it takes its id over.</summary>
    private const int Refused = -2;

    private readonly UserOldHeap _heap;
    private readonly LohBudget _budget;
    private readonly bool _collectsOnBudget;
    private readonly bool _collectsInBackground;
    private readonly long _duringBytes;
    private readonly int _conserve;
    private readonly LiveObjects _blocks = new();
    private long _liveRequestedBytes;
    private long _grantedBytes;
    private long _index = -1;
    private long _now;
    private long _lastCollection;
    private bool _isInBackground;
    private long _backgroundLeftBytes;

    /// <exception cref="ModelSettingException">A setting has an impossible value.</exception>
    private protected UserOldHeapModel(ModelSettings settings, UohRules rules)
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
        _budget = new LohBudget(_conserve);
        _heap = new UserOldHeap(rules, GcLayout.RegionBytes(settings, 1 << 20));
    }

    /// <summary>Called right after every full GC; the model itself keeps no history.</summary>
    public Action<GcSample>? Collected { get; set; }

    public HeapCounters Counters => new(
        _liveRequestedBytes, _grantedBytes, _heap.CommittedBytes, _heap.CommittedBytes, _heap.FreeBytes, _heap.FreeBytes);

    private protected static IReadOnlyList<ModelSetting> SharedSettings { get; } =
    [
        new("gc", "self", "full GCs: self (blocking, when the budget is spent), background, or scripted (trim and collect)"),
        new("during", "16m", "bytes allocated while a background GC runs"),
        new("conserve", "0", "GCConserveMemory, 0 to 9"),
        new("region", "32m", "bytes of a large region, a power of two from 1m to 4g"),
    ];

    public HeapLayout Layout()
    {
        List<LayoutExtent> extents = new();
        _heap.AddExtents(extents);
        return new HeapLayout(Counters, extents);
    }

    public EventOutcome Apply(in AllocationEvent allocationEvent)
    {
        _index++;
        if (allocationEvent.Kind == AllocationEventKind.Allocate)
            return Allocate(allocationEvent);
        return allocationEvent.Kind == AllocationEventKind.Free ? Free(allocationEvent.Id) : ApplyRare(allocationEvent);
    }

    /// <summary>What is neither a birth nor a death.</summary>
    private EventOutcome ApplyRare(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Reallocate:
                return Reallocate(allocationEvent);
            case AllocationEventKind.Trim:
                Collect(CompactsOnTrim);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Collect when allocationEvent.Id >= SmallObjectHeap.Oldest:
                Collect(compactRequested: false);
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Time:
                _now = allocationEvent.Milliseconds;
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    /// <summary>Whether the heap can be compacted and a trim asks for it.</summary>
    private protected virtual bool CompactsOnTrim => false;

    /// <summary>Whether GCConserveMemory compacts the heap.</summary>
    private protected virtual bool CompactsToConserve => false;

    /// <summary>Whether a block belongs to this heap.</summary>
    private protected abstract bool Takes(in AllocationEvent request);

    private EventOutcome Allocate(in AllocationEvent request)
    {
        Check(request);
        int known = _blocks.NumberOf(request.Id);
        if (known != LiveObjects.None && known != Refused)
            throw new TraceException("the block is live already");
        EventOutcome outcome = Allocate(request, request.Site, out int block);
        _blocks.Set(request.Id, block);
        return outcome;
    }

    private EventOutcome Allocate(in AllocationEvent request, int site, out int allocated)
    {
        if (!Takes(request))
        {
            allocated = Elsewhere;
            return new EventOutcome(EventAnswer.Ignored);
        }

        allocated = Refused;
        if (request.Bytes > UserOldHeap.MostBytes)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        long objectBytes = LohLayout.ObjectBytes(request.Bytes);
        if (_isInBackground && _backgroundLeftBytes <= 0)
            FinishBackground();
        if (_collectsOnBudget && _budget.IsSpent)
            CollectOnBudget();
        int placed = _heap.Allocate(objectBytes);
        if (placed < 0)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        allocated = placed;
        ref UohBlock block = ref _heap[placed];
        block.RequestedBytes = request.Bytes;
        block.Site = site;
        _budget.Spend(objectBytes + _heap.PadBytes);
        _backgroundLeftBytes -= objectBytes;
        _liveRequestedBytes += request.Bytes;
        _grantedBytes += objectBytes;
        return new EventOutcome(EventAnswer.Ok, block.Start);
    }

    private EventOutcome Free(long id)
    {
        int freed = _blocks.Remove(id);
        if (freed == LiveObjects.None)
            throw new TraceException("the block is not live");
        Drop(freed);
        return new EventOutcome(freed == Refused ? EventAnswer.NotFound : EventAnswer.Ok);
    }

    private void Drop(int dropped)
    {
        if (dropped < 0)
            return;
        _heap.Drop(dropped);
        ref UohBlock block = ref _heap[dropped];
        _liveRequestedBytes -= block.RequestedBytes;
        _grantedBytes -= block.Bytes;
    }

    /// <summary>Arrays do not grow: the new one is allocated while the old one is still reachable.</summary>
    private EventOutcome Reallocate(in AllocationEvent request)
    {
        Check(request);
        int old = _blocks.NumberOf(request.Id);
        if (old == LiveObjects.None)
            throw new TraceException("the block is not live");
        int site = request.Site < 0 && old >= 0 ? _heap[old].Site : request.Site;
        EventOutcome outcome = Allocate(request, site, out int block);
        if (outcome.Answer == EventAnswer.NoMemory)
            return outcome;
        _blocks.Set(request.Id, block);
        Drop(old);
        return outcome;
    }

    /// <exception cref="TraceException">The request is for fewer bytes than none.</exception>
    private static void Check(in AllocationEvent request)
    {
        if (request.Bytes < 0)
            throw new TraceException("a block has at least 0 bytes");
    }

    private void CollectOnBudget()
    {
        if (_isInBackground)
            return;
        if (!_collectsInBackground || ConservesByCompacting())
        {
            Collect(compactRequested: false);
            return;
        }

        _heap.Mark();
        _isInBackground = true;
        _backgroundLeftBytes = _duringBytes;
    }

    private void FinishBackground()
    {
        if (!_isInBackground)
            return;
        _isInBackground = false;
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
        Collected?.Invoke(new GcSample(_index, _heap.SizeBytes, fragmentation, _budget.DesiredBytes, compacted));
    }

    /// <summary>GCConserveMemory judges the gaps that are left from the GC before, not the garbage of now.</summary>
    private bool ConservesByCompacting() =>
        CompactsToConserve && _conserve != 0 && _heap.SizeBytes != 0
        && _heap.FragmentationBytes / (float)_heap.SizeBytes > 1f - (_conserve / 10f);
}
