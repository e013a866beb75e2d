using System.Collections.Generic;
using System.Linq;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// mimalloc 2.0.9 (release build) on 64-bit Linux, after its source. Exact for one thread while no delay runs out: size
/// classes, pages and their lists, retired pages, spans, segments and their cache, addresses within a segment, what is
/// committed. Approximated: what is resident; delays follow the trace's clock; alignments beyond 16 MiB. Not modelled:
/// arenas, huge OS pages, ends of threads with abandoned segments. For each freed block above 16 MiB mi_process_info goes
/// on counting 960 KiB as committed, of which nothing is resident; why is unknown, and the model does not count them.
/// </summary>
internal sealed class MimallocModel : SizeClassedModel
{
    private readonly MimallocMemory _memory;

    public MimallocModel(MimallocOptions options) => _memory = new MimallocMemory(options);

    public static AllocatorModelInfo Info { get; } = new(
        "mimalloc",
        "mimalloc 2.0, 64-bit Linux",
        "addresses within each segment and committed bytes exact for one thread while no delay runs out, but that mi_process_info "
        + "goes on counting 960 KiB for each freed block above 16 MiB, why is unknown; delays follow the trace's clock; "
        + "resident bytes and several threads approximated",
        "L is the bytes asked for; A is their size classes, for aligned blocks the larger block around them; C is the "
        + "committed part of all segments (mi_process_info); R is the part of it written to, the bytes asked for "
        + "assumed to be; F is free blocks in pages, free slices and cached segments that are committed",
        TakesCacheEvents: false,
        MimallocOptions.Settings,
        settings => new MimallocModel(MimallocOptions.From(settings)))
    {
        Remedies = new(
            Capacity: null, [], ["glibc", "jemalloc", "tcmalloc"]),
    };

    protected override HeapFootprint Footprint => new(
        _memory.Segments.CommittedBytes,
        _memory.Segments.ResidentBytes,
        _memory.Segments.MetadataBytes,
        _memory.Segments.FreeSliceBytes);

    protected override bool FreesOnResizeToNothing => false;

    protected override long Grant(long bytes, int alignment, bool isZeroed) =>
        alignment == 0 ? _memory.Allocate(bytes) : _memory.Allocate(bytes, alignment);

    protected override void TakeBack(long place) => _memory.Free(place);

    protected override long Resize(long place, long oldBytes, long newBytes) => _memory.Resize(place, newBytes);

    protected override long GrantedBytesAt(long place) => _memory.BytesAt(place);

    protected override long OffsetOf(long place) => _memory.OffsetOf(place) + MimallocMemory.AdjustOf(place);

    protected override EventOutcome ApplyOther(in AllocationEvent allocationEvent)
    {
        switch (allocationEvent.Kind)
        {
            case AllocationEventKind.Thread:
                _memory.TurnTo(allocationEvent.Id);
                break;
            case AllocationEventKind.Time:
                _memory.Segments.Tick(allocationEvent.Milliseconds);
                break;
            case AllocationEventKind.Trim:
                _memory.Collect();
                break;
            default:
                return new EventOutcome(EventAnswer.Ignored);
        }

        return new EventOutcome(EventAnswer.Ok);
    }

    protected override void Draw(LayoutDrawing drawing)
    {
        Segments segments = _memory.Segments;
        IEnumerable<int> mapped = Enumerable.Range(0, segments.Count)
            .Where(segment => segments.Segment(segment).IsMapped)
            .OrderBy(segment => segments.Segment(segment).Start);
        foreach (int segment in mapped)
            Draw(drawing, segment);
    }

    private void Draw(LayoutDrawing drawing, int segment)
    {
        ref Segment drawn = ref _memory.Segments.Segment(segment);
        int first = segment << Segments.SliceShift;
        if (drawn.IsSingleBlock)
        {
            SlicePage page = _memory.Segments.Slice(first + 1);
            long start = MimallocSizeClasses.SliceBytes;
            drawing.Add(drawn.Start, start, ExtentUse.Metadata);
            drawing.AddPlace(drawn.Start + start, page.BlockBytes);
            drawing.Add(drawn.Start + start + page.BlockBytes, drawn.Bytes - start - page.BlockBytes, ExtentUse.Metadata);
            return;
        }

        if (drawn.Thread < 0)
        {
            DrawFree(drawing, first, MimallocSizeClasses.SlicesPerSegment);
            return;
        }

        drawing.Add(drawn.Start, MimallocSizeClasses.SliceBytes, ExtentUse.Metadata);
        for (int slice = first + 1; slice < first + MimallocSizeClasses.SlicesPerSegment;)
        {
            SlicePage span = _memory.Segments.Slice(slice);
            if (span.BlockBytes == SlicePage.Free)
                DrawFree(drawing, slice, span.SliceCount);
            else
                DrawPage(drawing, slice, span);
            slice += span.SliceCount;
        }
    }

    private void DrawFree(LayoutDrawing drawing, int slice, int count)
    {
        for (int end = slice + count; slice < end;)
        {
            bool isCommitted = _memory.Segments.IsCommitted(slice);
            int next = slice + 1;
            while (next < end && _memory.Segments.IsCommitted(next) == isCommitted)
                next++;
            drawing.Add(
                _memory.Segments.OffsetOf(slice),
                (next - slice) * MimallocSizeClasses.SliceBytes,
                isCommitted ? ExtentUse.Free : ExtentUse.Released);
            slice = next;
        }
    }

    private void DrawPage(LayoutDrawing drawing, int slice, in SlicePage page)
    {
        long start = _memory.Segments.OffsetOf(slice);
        long offset = MimallocSizeClasses.FirstBlockOffset(page.BlockBytes);
        drawing.Add(start, offset, ExtentUse.Metadata);
        int used = 0;
        for (int block = 0; block < page.Reserved; block++)
        {
            used += drawing.AddPlace(start + offset + (block * page.BlockBytes), page.BlockBytes) ? 1 : 0;
        }

        long end = offset + (page.Reserved * page.BlockBytes);
        drawing.Add(start + end, (page.SliceCount * MimallocSizeClasses.SliceBytes) - end, ExtentUse.Metadata);
        drawing.Count(page.BlockBytes, page.SliceCount, used, page.Reserved - used);
    }
}
