namespace FragGuard.Simulation.Models.Glibc;

/// <summary>How a chunk comes back.</summary>
internal sealed partial class Arena
{
    /// <summary>A freed chunk of so many words, merged with its neighbours, has the fastbins merged too and the top trimmed: 64 KiB.</summary>
    private const int LargeFreeWords = 65_536 / ChunkSizes.WordBytes;

    /// <summary>Takes a chunk back: into the cache of the freeing thread, a fastbin, or merged with its neighbours.</summary>
    public void Free(int chunk, ThreadCache? cache)
    {
        int size = _words[chunk + 1] & SizeMask;
        int cacheBin = ChunkSizes.CacheBinOf(size);
        if (cache is not null && cache.Takes(cacheBin))
            cache.Push(cacheBin, AddressOf(chunk));
        else
            FreePastCache(chunk, size);
    }

    /// <summary>Takes a chunk back: into a fastbin, or merged with its neighbours.</summary>
    public void FreePastCache(int chunk, int size)
    {
        if (size <= _maxFastWords)
        {
            ref int head = ref _fastBins[ChunkSizes.FastBinOf(size)];
            _words[chunk + Forward] = head;
            head = chunk;
            _hasFastChunks = true;
        }
        else
        {
            Merge(chunk, size);
        }
    }

    /// <summary>Merges a chunk with its free neighbours or the top.</summary>
    private void Merge(int chunk, int size)
    {
        int[] w = _words;
        int next = chunk + size;
        if ((w[chunk + 1] & InUse) == 0)
        {
            int before = w[chunk];
            size += before;
            chunk -= before;
            Unlink(w, chunk);
        }

        size = PutFree(chunk, size, next, _memory.Rules.SmallChunksAreBinned);
        TrimAfter(size);
    }

    /// <summary>Writes a free chunk after merging it with the one behind it, if that is free, or with the top.</summary>
    /// <returns>Its size in the end.</returns>
    private int PutFree(int chunk, int size, int next, bool binsSmall)
    {
        int[] w = _words;
        int nextSize = w[next + 1] & SizeMask;
        if (next == _top)
        {
            SetTop(chunk, size + nextSize);
            return size + nextSize;
        }

        if ((w[next + nextSize + 1] & InUse) == 0)
        {
            Unlink(w, next);
            size += nextSize;
        }
        else
        {
            w[next + 1] &= ~InUse;
        }

        if (size >= ChunkSizes.SmallLimitWords)
        {
            w[chunk + NextSize] = w[chunk + PreviousSize] = 0;
            PushUnsorted(w, chunk);
        }
        else if (binsSmall)
        {
            PutIntoSmallBin(w, chunk, size);
        }
        else
        {
            PushUnsorted(w, chunk);
        }

        w[chunk + 1] = size | InUse;
        w[chunk + size] = size;
        return size;
    }

    private void TrimAfter(int size)
    {
        if (size < LargeFreeWords)
            return;
        if (_hasFastChunks)
            Consolidate();
        if (!IsMain)
            TrimHeaps();
        else if (TopBytes >= _memory.TrimThresholdBytes)
            TrimTop(_memory.Tunables.TopPadBytes);
    }

    /// <summary>Empties the fastbins, smallest size first, newest chunk first, and merges each chunk with its neighbours.</summary>
    private void Consolidate()
    {
        _hasFastChunks = false;
        int[] w = _words;
        for (int bin = 0; bin < _fastBins.Length; bin++)
        {
            int chunk = _fastBins[bin];
            _fastBins[bin] = 0;
            while (chunk != 0)
            {
                int following = w[chunk + Forward];
                int size = w[chunk + 1] & SizeMask;
                int next = chunk + size;
                if ((w[chunk + 1] & InUse) == 0)
                {
                    int before = w[chunk];
                    size += before;
                    chunk -= before;
                    Unlink(w, chunk);
                }

                PutFree(chunk, size, next, binsSmall: false);
                chunk = following;
            }
        }
    }
}
