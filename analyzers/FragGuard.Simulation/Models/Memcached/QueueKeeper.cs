namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// What happens at the old ends of the queues: expired items are freed, cold ones evicted, and with a segmented LRU the
/// maintainer moves items from queue to queue. It is a thread of its own in memcached; here it acts as soon as a queue
/// has outgrown its share, and once a second.
/// </summary>
internal sealed class QueueKeeper
{
    /// <summary>Longest age there is: no item is moved for its age.</summary>
    private const long Ageless = long.MaxValue;

    private const int Tries = 5;
    private const int MovesPerPass = 500;
    private const int HotPercent = 20;
    private const int WarmPercent = 40;
    private const double HotAgeFactor = 0.2;
    private const double WarmAgeFactor = 2.0;

    private readonly ItemStore _items;
    private readonly long[] _evicted = new long[SlabClassTable.Most];
    private readonly long[] _reclaimed = new long[SlabClassTable.Most];

    public QueueKeeper(ItemStore items) => _items = items;

    /// <summary>Live items evicted from all classes to make room.</summary>
    public int Evicted { get; private set; }

    /// <summary>The class that evicted last since this was set to 0.</summary>
    public int EvictingClass { get; set; }

    public long EvictedOf(int slabClass) => _evicted[slabClass];

    /// <summary>Expired and flushed items freed at the old ends of the class's queues.</summary>
    public long ReclaimedOf(int slabClass) => _reclaimed[slabClass];

    /// <summary>Frees what is expired at the cold end, and behind it one live item.</summary>
    /// <returns>Items freed.</returns>
    public int Evict(int slabClass, bool mayEvictLive)
    {
        int freed = FreeExpired(slabClass, out int oldest);
        if (oldest == ItemStore.None || !mayEvictLive)
            return freed;
        _evicted[slabClass]++;
        Evicted++;
        if (EvictingClass == 0)
            EvictingClass = slabClass;
        _items.Remove(oldest);
        return freed + 1;
    }

    /// <summary>Frees what is expired at the cold end.</summary>
    public void Reclaim(int slabClass) => FreeExpired(slabClass, out _);

    /// <summary>Moves the oldest hot item on, whatever the size of the queue.</summary>
    public void PushHot(int slabClass) => Pull(slabClass, ItemQueue.Hot, limitBytes: 0, maxAge: Ageless);

    /// <summary>Moves items on while the hot or the warm queue has more than its share of the class's bytes.</summary>
    public void KeepShares(int slabClass)
    {
        long total = TotalBytes(slabClass);
        KeepShare(slabClass, ItemQueue.Hot, total * HotPercent / 100);
        KeepShare(slabClass, ItemQueue.Warm, total * WarmPercent / 100);
    }

    /// <summary>Moves items on for their share and their age, and frees what is expired, until there is nothing to do.</summary>
    public void Keep(int slabClass)
    {
        while (KeepOnce(slabClass))
        {
        }
    }

    private void KeepShare(int slabClass, ItemQueue queue, long limitBytes)
    {
        ref readonly QueueEnds kept = ref _items.QueueOf(slabClass, queue);
        while (kept.Bytes > limitBytes)
        {
            _items.Cool(slabClass, queue, limitBytes);
            if (kept.Bytes <= limitBytes || Pull(slabClass, queue, limitBytes, Ageless) == 0)
                return;
        }
    }

    private bool KeepOnce(int slabClass)
    {
        int coldest = _items.QueueOf(slabClass, ItemQueue.Cold).Oldest;
        int coldAge = coldest == ItemStore.None ? 0 : _items.Now - _items.TimeOf(coldest);
        long total = TotalBytes(slabClass);
        for (int i = 0; i < MovesPerPass; i++)
        {
            bool didMove = Pull(slabClass, ItemQueue.Hot, total * HotPercent / 100, (long)(coldAge * HotAgeFactor)) > 0
                || Pull(slabClass, ItemQueue.Warm, total * WarmPercent / 100, (long)(coldAge * WarmAgeFactor)) > 0;
            if (FreeExpired(slabClass, out _) == 0 && !didMove)
                return i > 0;
        }

        return true;
    }

    private long TotalBytes(int slabClass) =>
        _items.QueueOf(slabClass, ItemQueue.Hot).Bytes
        + _items.QueueOf(slabClass, ItemQueue.Warm).Bytes
        + _items.QueueOf(slabClass, ItemQueue.Cold).Bytes;

    /// <summary>Visits the old end of the hot or warm queue: active items go to warm, others to cold if they must.</summary>
    /// <returns>Items moved or freed.</returns>
    private int Pull(int slabClass, ItemQueue queue, long limitBytes, long maxAge)
    {
        int moved = 0;
        int item = _items.QueueOf(slabClass, queue).Oldest;
        for (int tries = Tries; tries > 0 && item != ItemStore.None; tries--)
        {
            ref Item oldest = ref _items[item];
            int newer = oldest.Newer;
            if (_items.IsPast(item))
            {
                _items.Remove(item);
                _reclaimed[slabClass]++;
            }
            else if ((oldest.Marks & ItemMarks.Active) == ItemMarks.None)
            {
                if (_items.QueueOf(slabClass, queue).Bytes <= limitBytes && _items.Now - _items.TimeOf(item) <= maxAge)
                    return moved;
                _items.MoveTo(item, ItemQueue.Cold);
                return moved + 1;
            }
            else
            {
                oldest.Marks &= ~ItemMarks.Active;
                _items.MoveTo(item, ItemQueue.Warm);
                if (queue == ItemQueue.Hot)
                    return moved + 1;
            }

            moved++;
            item = newer;
        }

        return moved;
    }

    /// <summary>Frees expired and flushed items at the cold end, as many as one visit does.</summary>
    /// <param name="slabClass">The class.</param>
    /// <param name="oldest">The oldest item that is left if the visit may look at it; otherwise none.</param>
    /// <returns>Items freed.</returns>
    private int FreeExpired(int slabClass, out int oldest)
    {
        int freed = 0;
        oldest = _items.QueueOf(slabClass, ItemQueue.Cold).Oldest;
        while (oldest != ItemStore.None && _items.IsPast(oldest))
        {
            int newer = _items[oldest].Newer;
            _items.Remove(oldest);
            _reclaimed[slabClass]++;
            oldest = ++freed < Tries ? newer : ItemStore.None;
        }

        return freed;
    }
}
