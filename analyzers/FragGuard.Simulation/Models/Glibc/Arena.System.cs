namespace FragGuard.Simulation.Models.Glibc;

/// <summary>Memory from the system and back.</summary>
internal sealed partial class Arena
{
    /// <summary>Most bytes of the main heap.</summary>
    private const long MaxBytes = (long)(MaxWords - FirstWord) << ChunkSizes.WordShift;

    private long TopBytes => _top == 0 ? 0 : (long)WordsOf(_top) << ChunkSizes.WordShift;

    /// <summary>malloc_trim(0): merges, drops the whole pages inside large free chunks, and cuts the top of the main arena.</summary>
    public void Trim()
    {
        Consolidate();
        DropPages(Unsorted >> 1);
        for (int bin = ChunkSizes.BinOf(ResidentPages.PageWords); bin < ChunkSizes.Bins - 1; bin++)
            DropPages(bin);
        if (IsMain)
            TrimTop(padBytes: 0);
    }

    private void DropPages(int bin)
    {
        // The first 48 bytes of a free chunk hold its size and links.
        const int linkWords = 6;
        int[] w = _words;
        for (int chunk = w[(bin * 2) + Back]; chunk != bin * 2; chunk = w[chunk + Back])
        {
            int end = chunk + (w[chunk + 1] & SizeMask);
            int from = (chunk + linkWords + ResidentPages.PageWords - 1) & -ResidentPages.PageWords;
            if (end - from >= ResidentPages.PageWords)
                _resident.Release(from, end & -ResidentPages.PageWords);
        }
    }

    /// <summary>A request no free chunk can serve: a mapping of its own if it is large, otherwise a larger top.</summary>
    private long AllocateFromSystem(long chunkWords, ThreadCache? cache)
    {
        long chunkBytes = chunkWords > long.MaxValue >> (ChunkSizes.WordShift + 1)
            ? long.MaxValue >> 1
            : chunkWords << ChunkSizes.WordShift;
        MappedChunks mapped = _memory.Mapped;
        bool isLarge = chunkBytes >= _memory.MmapThresholdBytes && mapped.Count < MappedChunks.MaxCount;
        if (isLarge)
        {
            long address = mapped.Map(chunkBytes);
            if (address >= 0)
                return address;
        }

        if (IsMain ? GrowTop(chunkBytes) : GrowHeap(chunkBytes) || AddHeap(chunkBytes, cache))
        {
            int taken = TakeFromTop((int)chunkWords);
            return taken > 0 ? AddressOf(taken) : -1;
        }

        return IsMain || isLarge ? -1 : mapped.Map(chunkBytes);
    }

    /// <summary>Moves the program break up.</summary>
    private bool GrowTop(long chunkBytes)
    {
        if (chunkBytes > MaxBytes)
            return false;
        long bytes = ChunkSizes.AlignUp(
            chunkBytes + _memory.Tunables.TopPadBytes + MinBytes - TopBytes, ResidentPages.PageBytes);
        if (bytes <= 0 || bytes > MaxBytes - SystemBytes)
            return false;
        AddSystemBytes(bytes);
        int words = (int)(bytes >> ChunkSizes.WordShift);
        Ensure(FirstWord + (int)(SystemBytes >> ChunkSizes.WordShift));
        if (_top == 0)
            SetTop(FirstWord, words);
        else
            _words[_top + 1] += words;
        return true;
    }

    /// <summary>Moves the program break down to leave <paramref name="padBytes"/> and a smallest chunk in the top.</summary>
    private void TrimTop(long padBytes)
    {
        if (_top == 0)
            return;

        // As in the source, a top of a smallest chunk wraps around: it then grows by a page.
        long areaBytes = TopBytes - MinBytes - 1;
        if ((ulong)areaBytes <= (ulong)padBytes)
            return;
        long extraBytes = (areaBytes - padBytes) & -(long)ResidentPages.PageBytes;
        if (extraBytes == 0 || SystemBytes - extraBytes > MaxBytes)
            return;
        int words = (int)(extraBytes >> ChunkSizes.WordShift);
        int end = _top + WordsOf(_top);
        if (extraBytes > 0)
            _resident.Release(end - words, end);
        else
            Ensure(end - words);
        _words[_top + 1] -= words;
        AddSystemBytes(-extraBytes);
    }

    private void AddSystemBytes(long bytes)
    {
        SystemBytes += bytes;
        _memory.ArenaBytes += bytes;
    }
}
