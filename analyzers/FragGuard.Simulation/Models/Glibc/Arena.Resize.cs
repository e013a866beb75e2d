namespace FragGuard.Simulation.Models.Glibc;

/// <summary>Resized and aligned chunks.</summary>
internal sealed partial class Arena
{
    /// <summary>Gives a chunk another size: in place, into the top or the free chunk behind it, or by moving it.</summary>
    /// <param name="chunk">The chunk, in use.</param>
    /// <param name="chunkWords">Words of the chunk wanted.</param>
    /// <param name="cache">The cache of the thread that asks.</param>
    /// <returns>Address of the program's bytes; −1 when there is no memory and nothing was changed.</returns>
    public long Reallocate(int chunk, long chunkWords, ThreadCache? cache)
    {
        int words = ChunkSizes.ToInt(chunkWords);
        int[] w = _words;
        int size = w[chunk + 1] & SizeMask;
        if (size < words)
        {
            int next = chunk + size;
            int joined = size + (w[next + 1] & SizeMask);
            if (next == _top && joined - ChunkSizes.MinWords >= words)
            {
                w[chunk + 1] = words | (w[chunk + 1] & InUse);
                SetTop(chunk + words, joined - words);
                return AddressOf(chunk);
            }

            if (next != _top && !IsInUse(w, next) && joined >= words)
            {
                Unlink(w, next);
                size = joined;
            }
            else
            {
                long moved = Allocate(chunkWords, cache);
                if (moved < 0)
                    return -1;
                bool isBehind = !MappedChunks.Holds(moved) && ChunkAt(moved) == next;
                if (!isBehind)
                {
                    Free(chunk, cache);
                    return moved;
                }

                size += WordsOf(next);
            }
        }

        CutTail(chunk, size, words, cache);
        return AddressOf(chunk);
    }

    /// <summary>Serves a request whose address is a multiple of a power of two above 16.</summary>
    /// <param name="chunkWords">Words of the chunk wanted.</param>
    /// <param name="alignmentBytes">The power of two, at least 32.</param>
    /// <param name="cache">The cache of the thread that asks; null before it has one.</param>
    /// <returns>Address of the program's bytes; −1 when there is no memory.</returns>
    public long AllocateAligned(long chunkWords, long alignmentBytes, ThreadCache? cache)
    {
        const int spareWords = ChunkSizes.MinWords + 2;
        long address = Allocate(chunkWords + (alignmentBytes >> ChunkSizes.WordShift) + spareWords, cache);
        if (address < 0)
            return -1;
        long aligned = (address + alignmentBytes - 1) & -alignmentBytes;
        if (aligned != address && aligned - address < ChunkSizes.MinWords * ChunkSizes.WordBytes)
            aligned += alignmentBytes;
        if (MappedChunks.Holds(address))
            return aligned;

        int words = (int)chunkWords;
        int chunk = ChunkAt(address);
        int size = WordsOf(chunk);
        if (aligned != address)
        {
            int lead = (int)((aligned - address) >> ChunkSizes.WordShift);
            CutLead(chunk, size, lead, cache);
            chunk += lead;
            size -= lead;
        }

        CutAlignedTail(chunk, size, words, cache);
        return AddressOf(chunk);
    }

    private static bool IsInUse(int[] w, int chunk) => (w[chunk + (w[chunk + 1] & SizeMask) + 1] & InUse) != 0;

    /// <summary>Frees what a chunk in use has beyond its new size, if that can be a chunk.</summary>
    private void CutTail(int chunk, int size, int words, ThreadCache? cache)
    {
        int[] w = _words;
        int left = size - words;
        int kept = left < ChunkSizes.MinWords ? size : words;
        w[chunk + 1] = kept | (w[chunk + 1] & InUse);
        w[chunk + size + 1] |= InUse;
        if (kept < size)
        {
            WriteCut(chunk + kept, left);
            Free(chunk + kept, cache);
        }
    }

    /// <summary>Frees the start of a chunk in use.</summary>
    private void CutLead(int chunk, int size, int lead, ThreadCache? cache)
    {
        int[] w = _words;
        WriteCut(chunk + lead, size - lead);
        w[chunk + size + 1] |= InUse;
        w[chunk + 1] = lead | (w[chunk + 1] & InUse);
        TouchLinks(chunk, lead);
        if (_memory.Rules.AlignedLooksIntoCache)
            Merge(chunk, lead);
        else
            Free(chunk, cache);
    }

    private void CutAlignedTail(int chunk, int size, int words, ThreadCache? cache)
    {
        int[] w = _words;
        int left = size - words;
        if (!_memory.Rules.AlignedLooksIntoCache)
        {
            if (left > ChunkSizes.MinWords)
            {
                w[chunk + 1] = words | (w[chunk + 1] & InUse);
                WriteCut(chunk + words, left);
                Free(chunk + words, cache);
            }

            return;
        }

        // Less than a chunk can be given back too where a free chunk or the top takes it in.
        int next = chunk + size;
        if (left > 0 && (left >= ChunkSizes.MinWords || next == _top || !IsInUse(w, next)))
        {
            w[chunk + 1] = words | (w[chunk + 1] & InUse);
            TouchLinks(chunk + words, left);
            TrimAfter(PutFree(chunk + words, left, next, _memory.Rules.SmallChunksAreBinned));
        }
    }

    private void WriteCut(int chunk, int words)
    {
        _words[chunk + 1] = words | InUse;
        TouchLinks(chunk, words);
    }

    /// <summary>The allocator writes a chunk's size and, when it is freed, its links.</summary>
    private void TouchLinks(int chunk, int words)
    {
        _resident.Touch(chunk);
        _resident.Touch(chunk + (words < ChunkSizes.SmallLimitWords ? Back : PreviousSize));
    }
}
