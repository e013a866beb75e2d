using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.SizeClassed.Jemalloc;

/// <summary>
/// jemalloc 5.3 on 64-bit Linux with 4 KiB pages, after the source of 5.3.0. Exact for one thread and a decay time of 0
/// or
/// −1: size classes, slabs, thread cache with its collections, first fit, merging, growth of mappings, and so addresses
/// within each mapping. Approximated: decay over time (see <see cref="PageDecay"/>); the random line a large block
/// starts
/// at is drawn as line 0, its page of slack behind it; alignments beyond a page assume mappings aligned to 2 MiB; the
/// order in which racing threads take arenas. Not modelled: bin shards, huge page arenas, profiling, ends of threads,
/// jemalloc's own records.
/// </summary>
internal sealed class JemallocModel : SizeClassedModel
{
    private readonly JemallocHeap _heap;

    public JemallocModel(JemallocOptions options) => _heap = new JemallocHeap(options);

    public static AllocatorModelInfo Info { get; } = new(
        "jemalloc",
        "jemalloc 5.3, 64-bit Linux, 4 KiB pages",
        "addresses within each mapping, thread cache, active, dirty and retained bytes exact for one thread without "
        + "timed decay; decay over time follows the trace's clock; alignments above 64 KiB and several threads approximated",
        "L is the bytes asked for; A is their size classes (malloc_usable_size); C is active, dirty and muzzy pages "
        + "(stats.mapped without jemalloc's own records); R is active and dirty pages; F is free slots, blocks in thread "
        + "caches, dirty and muzzy pages; retained address space is released",
        TakesCacheEvents: false,
        JemallocOptions.Settings,
        settings => new JemallocModel(JemallocOptions.From(settings)))
    {
        Remedies = new(
            Capacity: null, [], ["glibc", "mimalloc", "tcmalloc"]),
    };

    /// <summary>Pages in slabs and large blocks (stats.active).</summary>
    public long ActiveBytes => _heap.ActiveBytes;

    /// <summary>Address space without pages, kept for later (stats.retained).</summary>
    public long RetainedBytes => _heap.RetainedBytes;

    /// <summary>Bytes of freed blocks in thread caches.</summary>
    public long CachedBytes => _heap.CachedBytes;

    /// <summary>Number of the mapping an offset is in.</summary>
    public long MappingOf(long offsetBytes)
    {
        int mapping = _heap.Extents.MappingCount - 1;
        while (_heap.Extents[_heap.Extents.FirstOfMapping(mapping)].Start > offsetBytes)
            mapping--;
        return mapping;
    }

    protected override HeapFootprint Footprint => _heap.Footprint;

    protected override bool FreesOnResizeToNothing => true;

    protected override long Grant(long bytes, int alignment, bool isZeroed) =>
        alignment == 0 ? _heap.Allocate(bytes) : _heap.Allocate(bytes, alignment);

    protected override void TakeBack(long place) => _heap.Free(place);

    protected override long Resize(long place, long oldBytes, long newBytes) => _heap.Resize(place, newBytes);

    protected override long GrantedBytesAt(long place) => _heap.BytesAt(place);

    protected override long OffsetOf(long place) => _heap.OffsetOf(place);

    protected override EventOutcome ApplyOther(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Thread:
                _heap.TurnTo(allocationEvent.Id);
                break;
            case AllocationEventKind.Time:
                _heap.Tick(allocationEvent.Milliseconds);
                break;
            case AllocationEventKind.Trim:
                _heap.Purge();
                break;
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }

        return new EventOutcome(EventAnswer.Ok);
    }

    protected override void Draw(LayoutDrawing drawing)
    {
        PageExtents extents = _heap.Extents;
        for (int mapping = 0; mapping < extents.MappingCount; mapping++)
        {
            for (int i = extents.FirstOfMapping(mapping); i >= 0; i = extents[i].After)
                Draw(drawing, extents[i]);
        }
    }

    private static void Draw(LayoutDrawing drawing, in PageExtent extent)
    {
        if (extent.State != PageExtentState.Active)
        {
            ExtentUse use = extent.State == PageExtentState.Retained ? ExtentUse.Released : ExtentUse.Free;
            drawing.Add(extent.Start, extent.Bytes, use);
            return;
        }

        long bytes = JemallocSizeClasses.BytesOf(extent.SizeClass);
        if (!extent.IsSlab)
        {
            drawing.AddPlace(extent.Start, bytes);
            drawing.Add(extent.Start + bytes, extent.Bytes - bytes, ExtentUse.Metadata);
            return;
        }

        int slots = JemallocSizeClasses.SlabSlots[extent.SizeClass];
        int used = 0;
        for (int slot = 0; slot < slots; slot++)
            used += drawing.AddPlace(extent.Start + (slot * bytes), bytes) ? 1 : 0;
        drawing.Count(bytes, extent.Bytes / JemallocSizeClasses.PageBytes, used, slots - used);
    }
}
