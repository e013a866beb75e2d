using System;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>
/// Ruby's heap, CRuby 2.7 to 3.3 on 64-bit Linux (gc.c of 2.7.4, 3.1.2 and 3.3.8 read): each block is one String, in a
/// slot of a heap page, its bytes inside the slot when they fit and in malloc's heap when not. Exact: slots per page, the
/// order of free slots, which pages a full GC adds and gives back, and the order of sweeping. Approximated: what triggers
/// a GC by itself (every one is a full one here; Ruby marks by generation and in steps), the interpreter's own objects
/// (none, unless stated as pages and slots that stay full), and malloc's further uses by the interpreter. malloc is the
/// <c>glibc</c> model with its own settings. A trim is a full GC followed by malloc_trim. Initial slots above the default
/// are taken as 3.1.7 takes them; 2.7, 3.0 and earlier releases of 3.1 were not compared there.
/// </summary>
public sealed class RubyHeapModel : IAllocatorModel
{
    /// <summary>Mapped pages lie below this offset, malloc's heap above twice of it.</summary>
    private const long MappedBase = 1L << 40;

    private const long DataBase = 2 * MappedBase;
    private const long MostBytes = 1L << 40;
    private const long MallocLimitMin = 16 << 20;
    private const long MallocLimitMax = 32 << 20;

    private readonly RubyVersion _version;
    private readonly IAllocatorModel _data;
    private readonly RubyHeap _heap;
    private readonly LiveBlocks<int> _slots = new();
    private readonly bool _collects;
    private long _requestedBytes;
    private long _slotBytes;
    private long _dataBytes;
    private long _mallocIncrease;
    private long _mallocLimit = MallocLimitMin;

    private RubyHeapModel(ModelSettings settings)
    {
        _version = RubyVersion.Of(settings.Text("version"));
        _collects = settings.Text("gc") switch
        {
            "self" => true,
            "scripted" => false,
            string other => throw new ModelSettingException($"gc={other} is neither self nor scripted."),
        };
        _data = AllocatorModels.Create("glibc", [new("arena_max", settings.Text("arena_max")), new("cores", settings.Text("cores"))]);
        _heap = new RubyHeap(
            _version, _data, (int)settings.Whole("phase", 0, 4), settings.Whole("base_pages", 0, 1 << 20),
            settings.Whole("base_slots", 0, 1 << 30), settings.Whole("init_slots", 0, 100_000_000))
        {
            Swept = FreeData,
        };
    }

    public static AllocatorModelInfo Info { get; } = new(
        "ruby-heap",
        "CRuby 2.7 to 3.3 on 64-bit Linux with glibc",
        "slots, pages, their addresses from one another and full GCs exact; GCs that Ruby starts by itself approximated; "
            + "more initial slots than by default compared with 3.1.7 only",
        "L is the bytes of live strings; A is their slots and malloc chunks; C and R are heap pages and glibc's heap; "
            + "F is empty slots and glibc's free chunks; unreachable objects that no GC has found count as metadata",
        TakesCacheEvents: false,
        [
            new("version", "3.1", "Ruby version: " + RubyVersion.Known),
            new("gc", "self", "full GCs: self (no free slot, or malloc limit reached) or scripted (only gc and trim)"),
            new(
                "init_slots", "10000",
                "RUBY_GC_HEAP_INIT_SLOTS, slots the heap may have before a GC is due; all allocated at the start before 3.1; "
                    + "0 for the default on a heap without pages"),
            new("base_pages", "0", "pages full of the interpreter's own objects, which stay"),
            new("base_slots", "0", "slots of those pages"),
            new("phase", "0", "address of the first mapped page / its alignment, modulo 5"),
            new("arena_max", "0", "MALLOC_ARENA_MAX of glibc; 0 for its default"),
            new("cores", "4", "processors, which bound glibc's arenas"),
        ],
        settings => new RubyHeapModel(settings))
    {
        Remedies = new(
            null,
            [
                new("arena_max", "2", "set MALLOC_ARENA_MAX=2"),
                new("arena_max", "1", "set MALLOC_ARENA_MAX=1"),
            ],
            []),
    };

    /// <summary>Pages held, <c>GC.stat(:heap_allocated_pages)</c> without the interpreter's own.</summary>
    public long Pages => _heap.Pages.Count;

    /// <summary>Pages ever allocated, the initial ones included.</summary>
    public long PagesAllocated => _heap.PagesAllocated;

    /// <summary>Pages given back to the system.</summary>
    public long PagesFreed => _heap.PagesFreed;

    /// <summary>Full GCs.</summary>
    public long Collections => _heap.Collections;

    public HeapCounters Counters
    {
        get
        {
            HeapCounters data = _data.Counters;
            long mapped = _version.IsMapped ? _heap.Pages.Count * _version.AlignBytes : 0;
            long free = data.FreeBytes + _heap.EmptySlotBytes;
            return new HeapCounters(
                _requestedBytes, _slotBytes + _dataBytes, data.CommittedBytes + mapped, data.ResidentBytes + mapped,
                free, free);
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
                return Resize(allocationEvent);
            case AllocationEventKind.Thread:
                return _data.Apply(allocationEvent);
            case AllocationEventKind.Collect:
                _heap.Collect();
                return new EventOutcome(EventAnswer.Ok);
            case AllocationEventKind.Trim:
                _heap.Collect();
                _data.Apply(allocationEvent);
                return new EventOutcome(EventAnswer.Ok);
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }
    }

    public HeapLayout Layout() =>
        new RubyLayout(_version, _heap, _data, MappedBase, DataBase).Of(Counters);

    private EventOutcome Allocate(in AllocationEvent request)
    {
        Check(request.Bytes);
        if (_slots.Contains(request.Id))
            throw new TraceException("the block is live already");
        if (request.Bytes > MostBytes)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        int pool = PoolFor(request.Bytes);
        if (_collects && request.Bytes > _version.EmbeddedBytes(pool))
            CountMalloc(request.Bytes + 1);
        int slot = _heap.Take(pool, _collects, out int page);
        _heap.Slots.Fill(slot, request.Bytes, request.Site);
        if (request.Bytes > _version.EmbeddedBytes(pool) && !MallocData(slot, request.Bytes))
        {
            _heap.Die(slot);
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        }

        _slots.Set(request.Id, slot);
        _requestedBytes += request.Bytes;
        _slotBytes += _version.SlotBytes[pool];
        _dataBytes += _heap.Slots.DataGranted(slot);
        ref RubyPage home = ref _heap.Pages[page];
        long offset = RubyLayout.PageOffset(_version, _heap, page, MappedBase, DataBase)
            + home.FirstBytes + ((long)(slot - home.FirstSlot) * _version.SlotBytes[pool]);
        return new EventOutcome(EventAnswer.Ok, offset);
    }

    private EventOutcome Free(long id)
    {
        if (!_slots.Remove(id, out int slot))
            throw new TraceException("the block is not live");
        _requestedBytes -= _heap.Slots.Requested(slot);
        _slotBytes -= _version.SlotBytes[_heap.Pages[slot / _version.PageSlots].Pool];
        _dataBytes -= _heap.Slots.DataGranted(slot);
        _heap.Die(slot);
        return new EventOutcome(EventAnswer.Ok);
    }

    /// <summary>The string keeps its slot; bytes that are outside once stay there.</summary>
    private EventOutcome Resize(in AllocationEvent request)
    {
        Check(request.Bytes);
        if (!_slots.TryGet(request.Id, out int slot))
            throw new TraceException("the block is not live");
        RubySlots slots = _heap.Slots;
        int pool = _heap.Pages[slot / _version.PageSlots].Pool;
        bool isOutside = slots.DataOffset(slot) >= 0;
        if (request.Bytes > MostBytes)
            return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
        if (isOutside || request.Bytes > _version.EmbeddedBytes(pool))
        {
            long before = slots.DataGranted(slot);
            bool isGranted = isOutside ? ReallocData(slot, request.Bytes) : MallocData(slot, request.Bytes);
            if (!isGranted)
                return new EventOutcome(EventAnswer.NoMemory, RefusedBytes: request.Bytes);
            _dataBytes += slots.DataGranted(slot) - before;
        }

        _requestedBytes += request.Bytes - slots.Requested(slot);
        slots.Resize(slot, request.Bytes);
        return new EventOutcome(EventAnswer.Ok);
    }

    private static void Check(long bytes)
    {
        if (bytes < 0)
            throw new TraceException("a block holds no negative number of bytes");
    }

    /// <summary>The smallest slot that holds the bytes; the smallest of all for bytes that no slot holds.</summary>
    private int PoolFor(long bytes)
    {
        for (int pool = 0; pool < _version.SlotBytes.Count; pool++)
        {
            if (bytes <= _version.EmbeddedBytes(pool))
                return pool;
        }

        return 0;
    }

    private bool MallocData(int slot, long bytes) =>
        Granted(slot, new AllocationEvent(AllocationEventKind.Allocate, slot, bytes + 1), 0);

    private bool ReallocData(int slot, long bytes) =>
        Granted(slot, new AllocationEvent(AllocationEventKind.Reallocate, slot, bytes + 1), _heap.Slots.DataGranted(slot));

    private bool Granted(int slot, in AllocationEvent request, long before)
    {
        long granted = _data.Counters.GrantedBytes;
        EventOutcome outcome = _data.Apply(request);
        if (outcome.Answer == EventAnswer.NoMemory)
            return false;
        _heap.Slots.SetData(slot, outcome.OffsetBytes, before + _data.Counters.GrantedBytes - granted);
        return true;
    }

    private void FreeData(int slot)
    {
        if (_heap.Slots.DataOffset(slot) < 0)
            return;
        _data.Apply(new AllocationEvent(AllocationEventKind.Free, slot));
        _mallocIncrease = Math.Max(0, _mallocIncrease - _heap.Slots.DataGranted(slot));
        _heap.Slots.SetData(slot, RubySlots.None, 0);
    }

    private void CountMalloc(long bytes)
    {
        _mallocIncrease += bytes;
        if (_mallocIncrease <= _mallocLimit)
            return;
        _mallocLimit = Math.Min(MallocLimitMax, Math.Max(_mallocLimit, (long)(_mallocIncrease * 1.4)));
        _heap.Collect();
        _mallocIncrease = 0;
    }
}
