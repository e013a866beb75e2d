namespace FragGuard.Simulation.Models.Glibc;

/// <summary>How a request is served.</summary>
internal sealed partial class Arena
{
    private const int MaxSortedAtOnce = 10_000;

    /// <summary>Serves a request from the arena's free chunks, its top, a mapping or more memory from the system.</summary>
    /// <param name="chunkWords">Words of the chunk wanted.</param>
    /// <param name="cache">The cache of the thread that asks; null before it has one.</param>
    /// <returns>Address of the program's bytes; −1 when there is no memory.</returns>
    public long Allocate(long chunkWords, ThreadCache? cache)
    {
        int found = Find(ChunkSizes.ToInt(chunkWords), cache);
        return found > 0 ? AddressOf(found) : AllocateFromSystem(chunkWords, cache);
    }

    /// <returns>The chunk; 0 when the system has to be asked.</returns>
    private int Find(int words, ThreadCache? cache)
    {
        if (words <= _maxFastWords)
        {
            int fast = FindFast(words, cache);
            if (fast > 0)
                return fast;
        }

        bool isSmall = words < ChunkSizes.SmallLimitWords;
        if (isSmall)
        {
            int exact = FindSmall(words, cache);
            if (exact > 0)
                return exact;
        }
        else if (_hasFastChunks)
        {
            Consolidate();
        }

        while (true)
        {
            int found = FindUnsorted(words, isSmall, cache);
            if (found == 0 && !isSmall)
                found = FindLarge(words);
            if (found == 0)
                found = FindLarger(words, isSmall);
            if (found == 0)
                found = TakeFromTop(words);
            if (found > 0 || !_hasFastChunks)
                return found;
            Consolidate();
        }
    }

    /// <summary>The newest chunk of the fastbin; the others move to the cache as far as it has room.</summary>
    private int FindFast(int words, ThreadCache? cache)
    {
        int[] w = _words;
        ref int head = ref _fastBins[ChunkSizes.FastBinOf(words)];
        int victim = head;
        if (victim == 0)
            return 0;
        head = w[victim + Forward];
        if (cache is null)
            return victim;
        int cacheBin = ChunkSizes.CacheBinOf(words);
        while (head != 0 && cache.Takes(cacheBin))
        {
            cache.Push(cacheBin, AddressOf(head));
            head = w[head + Forward];
        }

        return victim;
    }

    /// <summary>The oldest chunk of the small bin; the others move to the cache as far as it has room.</summary>
    private int FindSmall(int words, ThreadCache? cache)
    {
        int[] w = _words;
        int head = words;
        int victim = w[head + Back];
        if (victim == head)
            return 0;
        TakeLast(w, head, victim, words);
        if (cache is null)
            return victim;
        int cacheBin = ChunkSizes.CacheBinOf(words);
        for (int next = w[head + Back]; next != head && cache.Takes(cacheBin); next = w[head + Back])
        {
            TakeLast(w, head, next, words);
            cache.Push(cacheBin, AddressOf(next));
        }

        return victim;
    }

    private static void TakeLast(int[] w, int head, int chunk, int words)
    {
        int back = w[chunk + Back];
        w[chunk + words + 1] |= InUse;
        w[head + Back] = back;
        w[back + Forward] = head;
    }

    /// <summary>
    /// Goes through the unsorted chunks from the oldest: exact fits fill the cache and then serve, the others are binned.
    /// A small request splits the remainder of the last one if nothing else is there.
    /// </summary>
    private int FindUnsorted(int words, bool isSmall, ThreadCache? cache)
    {
        int[] w = _words;
        int cacheBin = ChunkSizes.CacheBinOf(words);
        bool isCached = false;
        int sorted = 0;
        for (int victim = w[Unsorted + Back]; victim != Unsorted; victim = w[Unsorted + Back])
        {
            int back = w[victim + Back];
            int size = w[victim + 1] & SizeMask;
            if (isSmall && back == Unsorted && victim == _lastRemainder && size > words + ChunkSizes.MinWords)
            {
                int remainder = victim + words;
                w[Unsorted + Back] = w[Unsorted + Forward] = remainder;
                _lastRemainder = remainder;
                w[remainder + Forward] = w[remainder + Back] = Unsorted;
                WriteSplit(w, victim, words, remainder, size - words);
                return victim;
            }

            w[Unsorted + Back] = back;
            w[back + Forward] = Unsorted;
            if (size == words)
            {
                w[victim + size + 1] |= InUse;
                if (cache is null || !cache.Takes(cacheBin))
                    return victim;
                cache.Push(cacheBin, AddressOf(victim));
                isCached = true;
                continue;
            }

            PutIntoBin(w, victim, size);
            if (++sorted >= MaxSortedAtOnce)
                break;
        }

        return isCached ? ChunkAt(cache!.Pop(cacheBin)) : 0;
    }

    /// <summary>The smallest chunk of the request's own large bin that is large enough.</summary>
    private int FindLarge(int words)
    {
        int[] w = _words;
        int head = ChunkSizes.LargeBinOf(words) * 2;
        int largest = w[head + Forward];
        if (largest == head || (w[largest + 1] & SizeMask) < words)
            return 0;
        int victim = w[largest + PreviousSize];
        int size = w[victim + 1] & SizeMask;
        while (size < words)
        {
            victim = w[victim + PreviousSize];
            size = w[victim + 1] & SizeMask;
        }

        // The first of equals carries the links between sizes; the second is cheaper to take.
        if (victim != w[head + Back] && (w[w[victim + Forward] + 1] & SizeMask) == size)
            victim = w[victim + Forward];
        Unlink(w, victim);
        Split(w, victim, size, words);
        return victim;
    }

    /// <summary>The last chunk of the first bin that holds larger chunks only.</summary>
    private int FindLarger(int words, bool isSmall)
    {
        int[] w = _words;
        int bin = ChunkSizes.BinOf(words) + 1;
        while (true)
        {
            bin = NextMarked(bin);
            if (bin == 0)
                return 0;
            int head = bin * 2;
            int victim = w[head + Back];
            if (victim == head)
            {
                _binMap[bin >> 5] &= ~(1U << bin);
                bin++;
                continue;
            }

            int size = w[victim + 1] & SizeMask;
            Unlink(w, victim);
            if (Split(w, victim, size, words) && isSmall)
                _lastRemainder = victim + words;
            return victim;
        }
    }

    private int TakeFromTop(int words)
    {
        if (_top == 0)
            return 0;
        int[] w = _words;
        int victim = _top;
        int size = w[victim + 1] & SizeMask;
        if (size - ChunkSizes.MinWords < words)
            return 0;
        w[victim + 1] = words | InUse;
        SetTop(victim + words, size - words);
        return victim;
    }

    /// <summary>Hands out the low end of a chunk that is in no bin. What is left, if it can be a chunk, is put among the unsorted.</summary>
    /// <returns>Whether something was left.</returns>
    private bool Split(int[] w, int victim, int size, int words)
    {
        int left = size - words;
        if (left < ChunkSizes.MinWords)
        {
            w[victim + size + 1] |= InUse;
            return false;
        }

        int remainder = victim + words;
        PushUnsorted(w, remainder);
        WriteSplit(w, victim, words, remainder, left);
        return true;
    }

    private void WriteSplit(int[] w, int victim, int words, int remainder, int left)
    {
        if (left >= ChunkSizes.SmallLimitWords)
            w[remainder + NextSize] = w[remainder + PreviousSize] = 0;
        w[victim + 1] = words | InUse;
        w[remainder + 1] = left | InUse;
        w[remainder + left] = left;
        TouchLinks(remainder, left);
    }

    private void SetTop(int chunk, int words)
    {
        _top = chunk;
        _words[chunk + 1] = words | InUse;
        _resident.Touch(chunk);
    }
}
