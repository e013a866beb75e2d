using System;

namespace FragGuard.Simulation.Models.SizeClassed.Tcmalloc;

/// <summary>
/// One thread's blocks. A list may grow by one block at a time up to a batch, and by a batch beyond it; a cache that
/// grows
/// too large gives back half of what it did not need, and may grow larger.
/// </summary>
internal sealed class ThreadCache
{
    public const long SmallestLimit = TcmallocSizeClasses.Largest * 2;

    private const int LongestList = 8_192;
    private const int MostOverages = 3;

    private readonly TcmallocHeap _heap;
    private readonly ThreadList[] _lists = new ThreadList[TcmallocSizeClasses.Count];
    private readonly long[] _batch = new long[TcmallocSizeClasses.BatchBlocks[1]];

    public ThreadCache(TcmallocHeap heap)
    {
        _heap = heap;
        Clear();
    }

    /// <summary>Bytes of the blocks the thread holds.</summary>
    public long Bytes { get; private set; }

    /// <summary>Bytes beyond which the cache is scavenged; 0 while the thread has none.</summary>
    public long LimitBytes { get; set; }

    /// <summary>Whether the thread has a cache: from its first allocation on, until it becomes idle.</summary>
    public bool Exists => LimitBytes > 0;

    /// <returns>The place of a block, or −1 when there is no memory.</returns>
    public long Take(int sizeClass)
    {
        ref ThreadList list = ref _lists[sizeClass];
        if (list.Length == 0)
            return Fetch(sizeClass);
        Bytes -= TcmallocSizeClasses.Bytes[sizeClass];
        return list.Pop(_heap.Cached);
    }

    public void Put(int sizeClass, long place)
    {
        ref ThreadList list = ref _lists[sizeClass];
        list.Push(_heap.Cached, place);
        Bytes += TcmallocSizeClasses.Bytes[sizeClass];
        if (list.Length > list.MostLength)
            Shorten(sizeClass);
        if (Bytes > LimitBytes)
            Scavenge();
    }

    /// <summary>Gives everything back, as a thread does that becomes idle.</summary>
    public void Clear()
    {
        for (int i = 0; i < _lists.Length; i++)
        {
            if (_lists[i].Length > 0)
                GiveBack(i, _lists[i].Length);
            _lists[i] = ThreadList.Empty;
        }
    }

    private long Fetch(int sizeClass)
    {
        ref ThreadList list = ref _lists[sizeClass];
        int batch = TcmallocSizeClasses.BatchBlocks[sizeClass];
        int fetched = _heap.Central(sizeClass).Take(_batch, Math.Min(list.MostLength, batch));
        if (fetched == 0)
            return -1;
        Bytes += TcmallocSizeClasses.Bytes[sizeClass] * (fetched - 1);
        for (int i = fetched - 1; i > 0; i--)
            list.Push(_heap.Cached, _batch[i]);
        if (list.MostLength < batch)
        {
            list.MostLength++;
        }
        else
        {
            int longer = Math.Min(list.MostLength + batch, LongestList);
            list.MostLength = longer - (longer % batch);
        }

        return _batch[0];
    }

    private void Shorten(int sizeClass)
    {
        ref ThreadList list = ref _lists[sizeClass];
        int batch = TcmallocSizeClasses.BatchBlocks[sizeClass];
        GiveBack(sizeClass, batch);
        if (list.MostLength < batch)
        {
            list.MostLength++;
        }
        else if (list.MostLength > batch && ++list.Overages > MostOverages)
        {
            list.MostLength -= batch;
            list.Overages = 0;
        }
    }

    private void Scavenge()
    {
        for (int i = 0; i < _lists.Length; i++)
        {
            ref ThreadList list = ref _lists[i];
            if (list.LowWater > 0)
            {
                GiveBack(i, list.LowWater > 1 ? list.LowWater / 2 : 1);
                int batch = TcmallocSizeClasses.BatchBlocks[i];
                if (list.MostLength > batch)
                    list.MostLength = Math.Max(list.MostLength - batch, batch);
            }

            list.LowWater = list.Length;
        }

        _heap.RaiseLimit(this);
    }

    private void GiveBack(int sizeClass, int count)
    {
        ref ThreadList list = ref _lists[sizeClass];
        int batch = TcmallocSizeClasses.BatchBlocks[sizeClass];
        count = Math.Min(count, list.Length);
        Bytes -= count * TcmallocSizeClasses.Bytes[sizeClass];
        for (; count > 0; count -= batch)
        {
            int some = Math.Min(count, batch);
            list.Pop(_heap.Cached, _batch, some);
            _heap.Central(sizeClass).Return(_batch, some);
        }
    }
}
