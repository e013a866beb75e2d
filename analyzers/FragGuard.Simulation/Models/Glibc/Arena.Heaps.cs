using System;

namespace FragGuard.Simulation.Models.Glibc;

/// <summary>The heaps of an arena that is not the main one: 64 MiB of address space each, used from the start.</summary>
internal sealed partial class Arena
{
    /// <summary>Bytes of address space of one heap.</summary>
    public const int HeapBytes = 64 << 20;

    private const int HeapWords = HeapBytes / ChunkSizes.WordBytes;
    private const int MinBytes = ChunkSizes.MinWords * ChunkSizes.WordBytes;
    private const int MinHeapBytes = 32 << 10;

    /// <summary>The arena's own record, in its first heap.</summary>
    private const int ArenaRecordBytes = 2200;

    private long[] _heapBytes = Array.Empty<long>();
    private int[] _fenceWords = Array.Empty<int>();

    /// <summary>Number of heaps; 0 for the main arena.</summary>
    public int Heaps { get; private set; }

    private int RecordBytes => _memory.Rules.HeapRecordBytes;

    /// <summary>Bytes of a heap in use.</summary>
    public long BytesOfHeap(int heap) => _heapBytes[heap];

    public static int StartOfHeap(int heap) => FirstWord + (heap * HeapWords);

    /// <summary>First chunk of a heap; the records lie before it.</summary>
    public int FirstChunkOf(int heap) => StartOfHeap(heap)
        + (int)(ChunkSizes.AlignUp(
            RecordBytes + (heap == 0 ? ArenaRecordBytes : 0), ChunkSizes.HeaderBytes) >> ChunkSizes.WordShift);

    /// <summary>Makes the first heap of a new arena.</summary>
    /// <param name="requestBytes">Bytes of the request the arena is made for.</param>
    public void Open(long requestBytes)
    {
        long recordBytes = RecordBytes + ArenaRecordBytes + ChunkSizes.HeaderBytes;
        if (requestBytes > HeapBytes || !NewHeap(requestBytes + recordBytes))
            NewHeap(recordBytes);
        int first = FirstChunkOf(0);
        _memory.OwnBytes += (first - FirstWord) << ChunkSizes.WordShift;
        _resident.TouchRange(FirstWord, first - 1);
        SetTop(first, FirstWord + (int)(_heapBytes[0] >> ChunkSizes.WordShift) - first);
    }

    private bool NewHeap(long bytes)
    {
        long padBytes = _memory.Tunables.TopPadBytes;
        if (bytes > HeapBytes || StartOfHeap(Heaps) > MaxWords - HeapWords)
            return false;
        long sized = bytes + padBytes < MinHeapBytes ? MinHeapBytes : Math.Min(bytes + padBytes, HeapBytes);
        sized = ChunkSizes.AlignUp(sized, ResidentPages.PageBytes);
        if (Heaps == _heapBytes.Length)
        {
            Array.Resize(ref _heapBytes, Heaps + 4);
            Array.Resize(ref _fenceWords, Heaps + 4);
        }

        _heapBytes[Heaps++] = sized;
        AddSystemBytes(sized);
        EnsureHeap();
        return true;
    }

    private void EnsureHeap() =>
        Ensure(StartOfHeap(Heaps - 1) + (int)(_heapBytes[Heaps - 1] >> ChunkSizes.WordShift));

    /// <summary>Makes the last heap large enough for the request, if 64 MiB are.</summary>
    private bool GrowHeap(long chunkBytes)
    {
        long bytes = ChunkSizes.AlignUp(MinBytes + Math.Min(chunkBytes, HeapBytes) - TopBytes, ResidentPages.PageBytes);
        if (chunkBytes > HeapBytes || bytes <= 0 || _heapBytes[Heaps - 1] + bytes > HeapBytes)
            return false;
        _heapBytes[Heaps - 1] += bytes;
        AddSystemBytes(bytes);
        EnsureHeap();
        _words[_top + 1] += (int)(bytes >> ChunkSizes.WordShift);
        return true;
    }

    /// <summary>Adds a heap; the top of the one before ends in fence posts and is freed.</summary>
    private bool AddHeap(long chunkBytes, ThreadCache? cache)
    {
        if (chunkBytes > HeapBytes || !NewHeap(chunkBytes + MinBytes + RecordBytes))
            return false;
        int heap = Heaps - 1;
        int oldTop = _top;
        int left = WordsOf(oldTop) - ChunkSizes.MinWords;
        int first = FirstChunkOf(heap);
        _memory.OwnBytes += RecordBytes;
        _resident.TouchRange(StartOfHeap(heap), first - 1);
        SetTop(first, StartOfHeap(heap) + (int)(_heapBytes[heap] >> ChunkSizes.WordShift) - first);

        int[] w = _words;
        w[oldTop + left + 3] = InUse;
        _resident.Touch(oldTop + left + 3);
        bool isChunk = left >= ChunkSizes.MinWords;
        int fence = isChunk ? 4 : left + 4;
        _fenceWords[heap - 1] = fence;
        _memory.OwnBytes += fence << ChunkSizes.WordShift;
        if (isChunk)
        {
            w[oldTop + left + 1] = 2 | InUse;
            w[oldTop + left + 2] = 2;
            w[oldTop + 1] = left | InUse;
            _resident.Touch(oldTop + Back);
            Free(oldTop, cache);
        }
        else
        {
            w[oldTop + 1] = (left + 2) | InUse;
            w[oldTop + left + 2] = left + 2;
        }

        return true;
    }

    /// <summary>Drops the last heaps if they are empty, then cuts the top.</summary>
    private void TrimHeaps()
    {
        long padBytes = _memory.Tunables.TopPadBytes;
        while (Heaps > 1 && _top == FirstChunkOf(Heaps - 1))
        {
            int previous = Heaps - 2;
            int[] w = _words;
            int fence = StartOfHeap(previous) + (int)(_heapBytes[previous] >> ChunkSizes.WordShift) - 2;
            int chunk = fence - w[fence];
            int size = (w[chunk + 1] & SizeMask) + 2;
            bool isMerged = (w[chunk + 1] & InUse) == 0;
            if (isMerged)
                size += w[chunk];
            long roomBytes = ((long)size << ChunkSizes.WordShift) + HeapBytes - _heapBytes[previous];
            if (roomBytes < padBytes + MinBytes + ResidentPages.PageBytes)
                break;
            DropHeap();
            if (isMerged)
            {
                chunk -= w[chunk];
                Unlink(w, chunk);
            }

            SetTop(chunk, size);
        }

        TrimTopOfHeap(padBytes);
    }

    private void DropHeap()
    {
        int heap = --Heaps;
        int start = StartOfHeap(heap);
        long bytes = _heapBytes[heap];
        _resident.Release(start, start + (int)(bytes >> ChunkSizes.WordShift));
        AddSystemBytes(-bytes);
        _memory.OwnBytes -= RecordBytes + ((long)_fenceWords[heap - 1] << ChunkSizes.WordShift);
    }

    private void TrimTopOfHeap(long padBytes)
    {
        long areaBytes = TopBytes - MinBytes - 1;
        if (TopBytes < _memory.TrimThresholdBytes || areaBytes < 0 || areaBytes <= padBytes)
            return;
        long extraBytes = (areaBytes - padBytes) & -(long)ResidentPages.PageBytes;
        if (extraBytes == 0 || _heapBytes[Heaps - 1] - extraBytes < RecordBytes)
            return;
        int end = _top + WordsOf(_top);
        int words = (int)(extraBytes >> ChunkSizes.WordShift);
        _resident.Release(end - words, end);
        _heapBytes[Heaps - 1] -= extraBytes;
        AddSystemBytes(-extraBytes);
        _words[_top + 1] -= words;
    }
}
