using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// The heaps of all threads over their segments. A place holds the page, the block's number in it and, for a block that
/// is
/// aligned within a larger one, how far in it starts.
/// </summary>
internal sealed class MimallocMemory
{
    public const int OsPageBytes = 4_096;

    private const int BlockBits = 13;
    private const int PageBits = 26;
    private const int AdjustShift = BlockBits + PageBits;
    private const long KeyMask = (1L << AdjustShift) - 1;
    private const long LargestAlignment = MimallocSizeClasses.SegmentBytes / 2;
    private const long LargestGuaranteedAlignment = 128;

    private readonly MimallocOptions _options;
    private readonly List<ThreadHeap> _heaps = [];
    private readonly Dictionary<long, int> _threads = new();
    private int _thread;

    public MimallocMemory(MimallocOptions options)
    {
        _options = options;
        Segments = new Segments(options);
        TurnTo(0);
    }

    public Segments Segments { get; }

    public BlockLinks Links { get; } = new(MimallocSizeClasses.FullBin + 1);

    public bool HasSeveralThreads => _heaps.Count > 1;

    public static long PlaceOf(int page, int block) => ((long)page << BlockBits) | (uint)block;

    public static int PageOf(long place) => (int)((place & KeyMask) >> BlockBits);

    public static int BlockOf(long place) => (int)place & ((1 << BlockBits) - 1);

    /// <summary>Bytes between the start of the block and the program's first one.</summary>
    public static long AdjustOf(long place) => place >> AdjustShift;

    public void TurnTo(long thread)
    {
        if (!_threads.TryGetValue(thread, out int number))
        {
            number = _heaps.Count;
            _threads.Add(thread, number);
            _heaps.Add(new ThreadHeap(this, _options, number));
        }

        _thread = number;
    }

    public long Allocate(long bytes) => _heaps[_thread].Allocate(bytes, bytes);

    /// <returns>The place, or −1 when there is no memory.</returns>
    public long Allocate(long bytes, long alignment)
    {
        ThreadHeap heap = _heaps[_thread];
        if (bytes <= MimallocSizeClasses.LargestDirect && alignment <= bytes)
        {
            long offset = heap.NextDirectOffset(bytes);
            if (Bits.IsPowerOfTwo(bytes) || (offset >= 0 && (offset & (alignment - 1)) == 0))
                return heap.Allocate(bytes, bytes);
        }

        if (alignment <= bytes && bytes <= LargestGuaranteedAlignment && (bytes & (alignment - 1)) == 0)
            return heap.Allocate(bytes, bytes);
        if (alignment > LargestAlignment)
            return heap.Allocate(Math.Max(bytes, MimallocSizeClasses.LargestInSegment) + alignment, bytes);
        long place = heap.Allocate(bytes + alignment - 1, writtenBytes: 0);
        if (place < 0)
            return -1;
        long start = OffsetOf(place);
        long adjust = Bits.AlignUp(start, alignment) - start;
        if (BytesAt(place) > OsPageBytes)
            Touch(place, adjust, bytes);
        return place | (adjust << AdjustShift);
    }

    public void Free(long place)
    {
        int page = PageOf(place);
        int owner = Segments.Slice(page).Thread;
        if (owner == _thread)
            _heaps[owner].Free(page, BlockOf(place));
        else
            _heaps[owner].FreeElsewhere(page, BlockOf(place));
    }

    /// <returns>The place after the resize, or −1 when there is no memory.</returns>
    public long Resize(long place, long bytes)
    {
        long usable = BytesAt(place) - AdjustOf(place);
        if (bytes <= usable && bytes >= usable / 2 && bytes > 0)
        {
            if (BytesAt(place) > OsPageBytes)
                Touch(place, AdjustOf(place), bytes);
            return place;
        }

        long moved = Allocate(bytes);
        if (moved >= 0)
            Free(place);
        return moved;
    }

    public long BytesAt(long place) => Segments.Slice(PageOf(place)).BlockBytes;

    /// <summary>Where the block starts, from the base of the heap.</summary>
    public long OffsetOf(long place)
    {
        int page = PageOf(place);
        long blockBytes = Segments.Slice(page).BlockBytes;
        return Segments.OffsetOf(page) + MimallocSizeClasses.FirstBlockOffset(blockBytes)
            + (BlockOf(place) * blockBytes);
    }

    /// <summary>Notes that bytes of a block were written to.</summary>
    /// <param name="place">The block.</param>
    /// <param name="skipped">Bytes between the start of the block and the first one written to.</param>
    /// <param name="bytes">How many were written to.</param>
    public void Touch(long place, long skipped, long bytes)
    {
        int segment = PageOf(place) >> Segments.SliceShift;
        Segments.Touch(segment, OffsetOf(place) + skipped - Segments.Segment(segment).Start, bytes);
    }

    /// <summary>Collects the current thread's heap and unmaps free segments.</summary>
    public void Collect()
    {
        _heaps[_thread].Collect();
        Segments.EmptyCache();
    }
}
