
namespace FragGuard.Simulation.Models.Glibc;

/// <summary>The doubly linked bins.</summary>
internal sealed partial class Arena
{
    private static void PushUnsorted(int[] w, int chunk)
    {
        int first = w[Unsorted + Forward];
        w[chunk + Back] = Unsorted;
        w[chunk + Forward] = first;
        w[Unsorted + Forward] = chunk;
        w[first + Back] = chunk;
    }

    /// <summary>A small chunk goes to the front of its bin; a large one where its size belongs, second among its equals.</summary>
    private void PutIntoBin(int[] w, int chunk, int size)
    {
        if (size < ChunkSizes.SmallLimitWords)
        {
            PutIntoSmallBin(w, chunk, size);
            return;
        }

        int bin = ChunkSizes.LargeBinOf(size);
        int head = bin * 2;
        int before = head;
        int after = w[head + Forward];
        if (after == head)
        {
            w[chunk + NextSize] = w[chunk + PreviousSize] = chunk;
        }
        else if (size < (w[w[head + Back] + 1] & SizeMask))
        {
            int largest = after;
            after = head;
            before = w[head + Back];
            LinkSizeBefore(w, largest, chunk);
        }
        else
        {
            while (size < (w[after + 1] & SizeMask))
                after = w[after + NextSize];
            if (size == (w[after + 1] & SizeMask))
            {
                after = w[after + Forward];
                w[chunk + NextSize] = w[chunk + PreviousSize] = 0;
            }
            else
            {
                LinkSizeBefore(w, after, chunk);
            }

            before = w[after + Back];
        }

        Insert(w, bin, chunk, before, after);
    }

    private void PutIntoSmallBin(int[] w, int chunk, int size)
    {
        int bin = ChunkSizes.SmallBinOf(size);
        int head = bin * 2;
        Insert(w, bin, chunk, head, w[head + Forward]);
    }

    private void Insert(int[] w, int bin, int chunk, int before, int after)
    {
        _binMap[bin >> 5] |= 1U << bin;
        w[chunk + Back] = before;
        w[chunk + Forward] = after;
        w[after + Back] = chunk;
        w[before + Forward] = chunk;
    }

    private static void LinkSizeBefore(int[] w, int next, int chunk)
    {
        int previous = w[next + PreviousSize];
        w[chunk + NextSize] = next;
        w[chunk + PreviousSize] = previous;
        w[next + PreviousSize] = chunk;
        w[previous + NextSize] = chunk;
    }

    /// <summary>Takes a free chunk out of whatever bin it is in.</summary>
    private static void Unlink(int[] w, int chunk)
    {
        int after = w[chunk + Forward];
        int before = w[chunk + Back];
        w[after + Back] = before;
        w[before + Forward] = after;
        if ((w[chunk + 1] & SizeMask) < ChunkSizes.SmallLimitWords || w[chunk + NextSize] == 0)
            return;
        int next = w[chunk + NextSize];
        int previous = w[chunk + PreviousSize];
        if (w[after + NextSize] != 0)
        {
            w[next + PreviousSize] = previous;
            w[previous + NextSize] = next;
        }
        else if (next == chunk)
        {
            w[after + NextSize] = w[after + PreviousSize] = after;
        }
        else
        {
            w[after + NextSize] = next;
            w[after + PreviousSize] = previous;
            w[next + PreviousSize] = after;
            w[previous + NextSize] = after;
        }
    }

    /// <returns>The first bin from <paramref name="bin"/> on that may hold chunks; 0 when there is none.</returns>
    private int NextMarked(int bin)
    {
        int block = bin >> 5;
        if (block >= _binMap.Length)
            return 0;
        uint map = _binMap[block] & (uint.MaxValue << bin);
        while (map == 0)
        {
            if (++block >= _binMap.Length)
                return 0;
            map = _binMap[block];
        }

        return (block << 5) + Bits.LowestClear(~(ulong)map);
    }
}
