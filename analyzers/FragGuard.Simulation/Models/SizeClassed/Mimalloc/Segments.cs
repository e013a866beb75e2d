using System;
using System.Collections.Generic;

namespace FragGuard.Simulation.Models.SizeClassed.Mimalloc;

/// <summary>
/// All segments of a process, and the cache of free ones. Slices are numbered through: segment times 512 plus slice.
/// </summary>
internal sealed class Segments
{
    public const int SliceShift = 9;
    public const int MostSegments = 1 << 16;

    private const int SlicesPerSegment = MimallocSizeClasses.SlicesPerSegment;
    private const long SliceBytes = MimallocSizeClasses.SliceBytes;
    private const long SegmentBytes = MimallocSizeClasses.SegmentBytes;
    private const int OsPageBytes = MimallocMemory.OsPageBytes;

    /// <summary>Slices committed at once, where a segment is not committed as a whole.</summary>
    private const int CommitSlices = 16;

    private const long HeaderBytes = 192;
    private const long SliceRecordBytes = 80;

    private readonly MimallocOptions _options;
    private readonly SliceMemory _memory = new();
    private readonly List<int> _cache = [];
    private SlicePage[] _slices = [];
    private Segment[] _segments = [];
    private long _endBytes;

    public Segments(MimallocOptions options) => _options = options;

    public int Count { get; private set; }

    public long Now { get; private set; }

    public long CommittedBytes => _memory.CommittedBytes;

    public long ResidentBytes => _memory.ResidentBytes;

    /// <summary>Committed bytes of free slices and of cached segments.</summary>
    public long FreeSliceBytes { get; private set; }

    /// <summary>
    /// Bytes of pages before their first block and behind their last one, and of the segments' own slices.
    /// </summary>
    public long MetadataBytes { get; private set; }

    public ref SlicePage Slice(int slice) => ref _slices[slice];

    public ref Segment Segment(int segment) => ref _segments[segment];

    public long OffsetOf(int slice) =>
        _segments[slice >> SliceShift].Start + ((slice & (SlicesPerSegment - 1)) * SliceBytes);

    public bool IsCommitted(int slice) => _memory.IsCommitted(slice >> SliceShift, slice & (SlicesPerSegment - 1));

    /// <summary>Takes a segment out of the cache, or maps one.</summary>
    /// <returns>The segment, its first slice committed, or −1.</returns>
    public int Open(int thread, bool isCommitted)
    {
        int segment = TakeCached();
        if (segment < 0)
        {
            segment = Map(SegmentBytes);
            if (segment < 0)
                return -1;
            FreeSliceBytes += _memory.Commit(segment, 0, isCommitted ? SlicesPerSegment : 0);
        }

        ref Segment opened = ref _segments[segment];
        opened.Thread = thread;
        opened.Used = 0;
        opened.ExpiresAt = 0;
        opened.DecommitAt = 0;
        FreeSliceBytes += _memory.Commit(segment, 0, 1) - SliceBytes;
        MetadataBytes += SliceBytes;
        Touch(segment, 0, HeaderBytes);
        return segment;
    }

    /// <summary>Gives a segment without pages in use to the cache.</summary>
    public void Close(int segment)
    {
        ref Segment closed = ref _segments[segment];
        closed.Thread = -1;
        FreeSliceBytes += SliceBytes;
        MetadataBytes -= SliceBytes;
        int slot = _cache.IndexOf(-1);
        if (slot >= 0)
            _cache[slot] = segment;
        else
            _cache.Add(segment);
        if (!_options.AllowsDecommit)
            return;
        if (_options.SegmentDelayMilliseconds == 0)
            Decommit(segment, 0, SlicesPerSegment);
        else
            closed.ExpiresAt = Now + _options.SegmentDelayMilliseconds;
    }

    /// <summary>Maps a segment for one block.</summary>
    /// <param name="thread">The thread it belongs to.</param>
    /// <param name="bytes">Bytes of the block and the segment's own slice.</param>
    public int OpenSingle(int thread, long bytes)
    {
        int segment = Map(MimallocSizeClasses.SingleBlockBytes(bytes));
        if (segment < 0)
            return -1;
        ref Segment opened = ref _segments[segment];
        opened.IsSingleBlock = true;
        opened.MetadataBytes = opened.Bytes - bytes + SliceBytes;
        MetadataBytes += opened.MetadataBytes;
        opened.Thread = thread;
        _memory.CountSingle(opened.Bytes, OsPageBytes);
        return segment;
    }

    public void Unmap(int segment)
    {
        ref Segment unmapped = ref _segments[segment];
        if (unmapped.IsSingleBlock)
        {
            _memory.CountSingle(-unmapped.Bytes, -OsPageBytes - unmapped.TouchedBytes);
            MetadataBytes -= unmapped.MetadataBytes;
        }
        else
        {
            Decommit(segment, 0, SlicesPerSegment);
        }

        unmapped = new Segment { Start = unmapped.Start, Bytes = unmapped.Bytes, Thread = -1 };
    }

    /// <summary>Unmaps the segments of the cache.</summary>
    public void EmptyCache()
    {
        for (int segment = TakeCached(); segment >= 0; segment = TakeCached())
            Unmap(segment);
    }

    /// <summary>Commits the slices of a page that comes into use, and counts them as free no longer.</summary>
    public void Use(int slice, int count)
    {
        int segment = slice >> SliceShift;
        int start = slice & (SlicesPerSegment - 1);
        int first = Math.Max(1, start & -CommitSlices);
        int end = Math.Min(SlicesPerSegment, (start + count + CommitSlices - 1) & -CommitSlices);
        if (!_memory.AreCommitted(segment, first, end))
            FreeSliceBytes += _memory.Commit(segment, first, end - first);
        FreeSliceBytes -= count * SliceBytes;
        if (_memory.EndWait(segment, first, end - first))
            _segments[segment].DecommitAt = Now + _options.DecommitDelayMilliseconds;
        Touch(segment, HeaderBytes + (start * SliceRecordBytes), SliceRecordBytes);
    }

    public void CountMetadata(long bytes) => MetadataBytes += bytes;

    /// <summary>Counts the slices of a page that ends as free.</summary>
    public void Disuse(int count) => FreeSliceBytes += count * SliceBytes;

    /// <summary>Gives free slices back, or puts that off.</summary>
    public void Release(int slice, int count)
    {
        if (!_options.AllowsDecommit)
            return;
        int segment = slice >> SliceShift;
        int start = slice & (SlicesPerSegment - 1);
        if (_options.DecommitDelayMilliseconds == 0)
        {
            Decommit(segment, start, count);
            return;
        }

        _memory.Wait(segment, start, count);
        ref Segment releasing = ref _segments[segment];
        if (releasing.DecommitAt == 0)
            releasing.DecommitAt = Now + _options.DecommitDelayMilliseconds;
        else if (releasing.DecommitAt > Now)
            releasing.DecommitAt++;
        else if (releasing.DecommitAt + 1 <= Now)
            ReleaseWaiting(segment);
        else
            releasing.DecommitAt = Now + 1;
    }

    /// <summary>Gives back the slices whose time has come.</summary>
    public void ReleaseDue(int segment)
    {
        if (_segments[segment].DecommitAt != 0 && _segments[segment].DecommitAt <= Now)
            ReleaseWaiting(segment);
    }

    public void Tick(long now)
    {
        Now = now;
        for (int segment = 0; segment < Count; segment++)
        {
            if (_segments[segment].ExpiresAt == 0 || _segments[segment].ExpiresAt > now)
                continue;
            _segments[segment].ExpiresAt = 0;
            Decommit(segment, 0, SlicesPerSegment);
        }
    }

    /// <summary>Notes that the program or mimalloc wrote to bytes of a segment.</summary>
    public void Touch(int segment, long start, long bytes)
    {
        if (bytes <= 0)
            return;
        ref Segment touched = ref _segments[segment];
        if (touched.IsSingleBlock)
        {
            long before = touched.TouchedBytes;
            touched.TouchedBytes = Math.Min(Bits.AlignUp(bytes, OsPageBytes), touched.Bytes - OsPageBytes);
            _memory.CountSingle(0, touched.TouchedBytes - before);
            return;
        }

        _memory.Touch(segment, start, bytes);
    }

    private void ReleaseWaiting(int segment)
    {
        _segments[segment].DecommitAt = 0;
        FreeSliceBytes -= _memory.DecommitWaiting(segment);
    }

    private void Decommit(int segment, int start, int count) =>
        FreeSliceBytes -= _memory.Decommit(segment, start, count);

    private int TakeCached()
    {
        for (int slot = 0; slot < _cache.Count; slot++)
        {
            int segment = _cache[slot];
            if (segment < 0)
                continue;
            _cache[slot] = -1;
            return segment;
        }

        return -1;
    }

    private int Map(long bytes)
    {
        int segment = 0;
        while (segment < Count && _segments[segment].IsMapped)
            segment++;
        if (segment == MostSegments)
            return -1;
        if (segment == Count)
            Grow();
        ref Segment mapped = ref _segments[segment];
        long start = mapped.Bytes == bytes ? mapped.Start : _endBytes;
        if (bytes > SizeClassedModel.AddressSpaceBytes - start)
            return -1;
        mapped = new Segment { Start = start, Bytes = bytes, Thread = -1, IsMapped = true };
        _endBytes = Math.Max(_endBytes, Bits.AlignUp(start + bytes, SegmentBytes));
        return segment;
    }

    private void Grow()
    {
        Count++;
        if (Count <= _segments.Length)
            return;
        int capacity = Math.Max(2, _segments.Length * 2);
        Array.Resize(ref _segments, capacity);
        Array.Resize(ref _slices, capacity << SliceShift);
        _memory.Grow(capacity);
    }
}
