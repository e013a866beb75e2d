namespace FragGuard.Simulation.Models.Memcached;

/// <summary>
/// Decides once a second which class gives up a page. A class with more than two and a half pages of free chunks gives
/// one to the pool once it has been quiet for the whole window. Otherwise the class whose items are oldest gives one to the
/// class whose items are youngest, if that class evicts much.
/// </summary>
internal sealed class PageAutomover
{
    private const double AgeRatio = 0.8;
    private const double EvictionShare = 0.25;
    private const double PagesToReclaim = 2.5;
    private const int PagesOfSource = 2;

    private readonly MemcachedRules _rules;
    private readonly ItemStore _items;
    private readonly QueueKeeper _queues;
    private readonly ItemAllocator _allocator;
    private readonly Second[] _window;
    private readonly Seen[] _before;
    private int _runs;

    public PageAutomover(MemcachedRules rules, ItemStore items, QueueKeeper queues, ItemAllocator allocator)
    {
        _rules = rules;
        _items = items;
        _queues = queues;
        _allocator = allocator;
        _before = new Seen[items.Pages.Table.Largest + 1];
        _window = new Second[_before.Length * rules.AutomoveWindow];
    }

    /// <param name="from">The class to take a page from.</param>
    /// <param name="to">The class to give it to; 0 for the pool.</param>
    /// <returns>Whether a page should move.</returns>
    public bool TryDecide(out int from, out int to)
    {
        long evictedInAll = 0;
        for (int i = 1; i < _before.Length; i++)
            evictedInAll += _queues.EvictedOf(i) - _before[i].Evicted;
        _runs++;
        (from, to) = (0, 0);
        (long oldestAge, long youngestAge) = (0, long.MaxValue);
        bool isYoungestEvicting = false;
        for (int i = 1; i < _before.Length; i++)
        {
            ref readonly SlabClass slab = ref _items.Pages[i];
            ref Second now = ref _window[i * _rules.AutomoveWindow + _runs % _rules.AutomoveWindow];
            now = Look(i, evictedInAll);
            Second sum = Sum(i);
            long age = sum.Age / _rules.AutomoveWindow;
            if (slab.FreeCount > slab.ChunksPerPage * PagesToReclaim && sum.Dirty == 0)
            {
                (from, to) = (i, 0);
                Remember();
                return true;
            }

            if (age > oldestAge && slab.PageCount > PagesOfSource)
                (from, oldestAge) = (i, age);
            bool isEvicting = sum.Evicting > _rules.AutomoveWindow / 2
                || (_rules.HasEvictionShares && sum.EvictionShare / _rules.AutomoveWindow > EvictionShare);
            if (age < youngestAge && isEvicting)
                (to, youngestAge, isYoungestEvicting) = (i, age, now.Evicting > 0);
        }

        Remember();
        return from != 0 && to != 0 && _runs > _rules.AutomoveWindow
            && youngestAge < oldestAge * AgeRatio && isYoungestEvicting;
    }

    /// <summary>What happened to the class since the last decision.</summary>
    private Second Look(int slabClass, long evictedInAll)
    {
        long evicted = _queues.EvictedOf(slabClass) - _before[slabClass].Evicted;
        int oldest = _items.QueueOf(slabClass, ItemQueue.Cold).Oldest;
        return new Second
        {
            Age = oldest == ItemStore.None ? 0 : _items.Now - _items.TimeOf(oldest),
            Dirty = evicted > 0
                || _allocator.OutOfMemoryOf(slabClass) > _before[slabClass].OutOfMemory
                || _items.Pages[slabClass].PageCount > _before[slabClass].Pages ? 1 : 0,
            EvictionShare = evicted > 0 ? (float)evicted / evictedInAll : 0,
            Evicting = evicted > 0 ? 1 : 0,
        };
    }

    private Second Sum(int slabClass)
    {
        Second sum = default;
        int first = slabClass * _rules.AutomoveWindow;
        for (int i = first; i < first + _rules.AutomoveWindow; i++)
        {
            sum.Age += _window[i].Age;
            sum.Dirty += _window[i].Dirty;
            sum.EvictionShare += _window[i].EvictionShare;
            sum.Evicting += _window[i].Evicting;
        }

        return sum;
    }

    private void Remember()
    {
        for (int i = 1; i < _before.Length; i++)
        {
            _before[i].Evicted = _queues.EvictedOf(i);
            _before[i].OutOfMemory = _allocator.OutOfMemoryOf(i);
            _before[i].Pages = _items.Pages[i].PageCount;
        }
    }

    /// <summary>One class in one second, or the sum over the window.</summary>
    private struct Second
    {
        /// <summary>Seconds since the item next to be evicted was last used.</summary>
        public long Age;

        /// <summary>Seconds in which the class evicted, ran out of memory or got a page.</summary>
        public int Dirty;

        /// <summary>Share of all evictions that were the class's.</summary>
        public float EvictionShare;

        /// <summary>Seconds in which the class evicted.</summary>
        public int Evicting;
    }

    /// <summary>What a class had counted at the last decision.</summary>
    private struct Seen
    {
        public long Evicted;
        public long OutOfMemory;
        public int Pages;
    }
}
