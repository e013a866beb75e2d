using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>
/// tcmalloc of gperftools 2.10 (tcmalloc_minimal) on 64-bit Linux with 8 KiB pages, after its source. Exact for one
/// thread:
/// size classes, thread cache with slow start and scavenging, transfer slots, spans, page heap and what it gives back.
/// Approximated: the whole heap is one run of addresses, as sbrk gives it; addresses start at a multiple of every
/// alignment. Not modelled: heap limit, sampling, ends of threads, tcmalloc's own records.
/// </summary>
internal sealed class TcmallocModel : SizeClassedModel
{
    public TcmallocModel(TcmallocOptions options) => Heap = new TcmallocHeap(options);

    public static AllocatorModelInfo Info { get; } = new(
        "tcmalloc",
        "tcmalloc of gperftools 2.10, 64-bit Linux, 8 KiB pages",
        "addresses, thread cache, transfer slots, spans and page heap exact for one thread; alignments above 4 KiB and "
        + "several threads approximated",
        "L is the bytes asked for; A is their size classes or pages; C is the heap without the spans given back "
        + "(generic.heap_size less pageheap_unmapped_bytes); R is C; F is free blocks in thread caches, transfer slots and "
        + "spans, and free spans; spans given back are released",
        TakesCacheEvents: false,
        TcmallocOptions.Settings,
        settings => new TcmallocModel(TcmallocOptions.From(settings)))
    {
        Remedies = new(
            Capacity: null, [], ["glibc", "jemalloc", "mimalloc"]),
    };

    public TcmallocHeap Heap { get; }

    protected override HeapFootprint Footprint => Heap.Footprint;

    protected override bool FreesOnResizeToNothing => true;

    protected override long Grant(long bytes, int alignment, bool isZeroed) =>
        alignment == 0 ? Heap.Allocate(bytes) : Heap.Allocate(bytes, alignment);

    protected override void TakeBack(long place) => Heap.Free(place);

    protected override long Resize(long place, long oldBytes, long newBytes) => Heap.Resize(place, newBytes);

    protected override long GrantedBytesAt(long place) => Heap.BytesAt(place);

    protected override long OffsetOf(long place) => Heap.OffsetOf(place);

    protected override EventOutcome ApplyOther(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Thread:
                Heap.TurnTo(allocationEvent.Id);
                break;
            case AllocationEventKind.Trim:
                Heap.Release();
                break;
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }

        return new EventOutcome(EventAnswer.Ok);
    }

    protected override void Draw(LayoutDrawing drawing)
    {
        SpanTable spans = Heap.Pages.Spans;
        for (int i = spans.Lowest; i >= 0; i = spans[i].After)
            Draw(drawing, spans[i]);
    }

    private static void Draw(LayoutDrawing drawing, in Span span)
    {
        long start = span.Start * TcmallocHeap.PageBytes;
        long spanBytes = span.Length * TcmallocHeap.PageBytes;
        if (span.State != SpanState.InUse)
        {
            drawing.Add(start, spanBytes, span.State == SpanState.Normal ? ExtentUse.Free : ExtentUse.Released);
            return;
        }

        if (span.SizeClass == 0)
        {
            drawing.AddPlace(start, spanBytes);
            return;
        }

        long bytes = TcmallocSizeClasses.Bytes[span.SizeClass];
        int blocks = TcmallocSizeClasses.SpanBlocks[span.SizeClass];
        int used = 0;
        for (int block = 0; block < blocks; block++)
            used += drawing.AddPlace(start + (block * bytes), bytes) ? 1 : 0;
        drawing.Add(start + (blocks * bytes), spanBytes - (blocks * bytes), ExtentUse.Metadata);
        drawing.Count(bytes, span.Length, used, blocks - used);
    }
}
