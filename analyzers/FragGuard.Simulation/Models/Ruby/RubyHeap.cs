using System;
using FragGuard.Simulation.Traces;

namespace FragGuard.Simulation.Models.Ruby;

/// <summary>Ruby's object heap: pools of pages cut into slots, swept page by page in the order the pages were added.</summary>
internal sealed class RubyHeap
{
    private const int None = RubySlots.None;

    /// <summary>A multiple of five, so that a page's address tells how its slots are aligned.</summary>
    private const long HighestPage = 5L << 30;

    private readonly RubyVersion _version;
    private readonly IAllocatorModel _data;
    private readonly RubySweep _sweep;
    private readonly RubyPool[] _pools;
    private readonly int _phase;
    private readonly long _basePages;
    private readonly long _baseSlots;
    private readonly long _initialSlots;
    private long _liveSlots;
    private int _slotsCut;

    /// <param name="data">The malloc that pages may come from and that objects' data comes from.</param>
    /// <param name="phase">Address of the first mapped page, divided by its alignment, modulo 5.</param>
    /// <param name="basePages">Pages full of the interpreter's own objects, which never die.</param>
    /// <param name="baseSlots">The slots of those pages.</param>
    /// <param name="initialSlots">
    /// Slots, of each pool, that the heap may have before a collection is due; 0 for the default on a heap without pages.
    /// </param>
    public RubyHeap(
        RubyVersion version, IAllocatorModel data, int phase, long basePages, long baseSlots, long initialSlots)
    {
        _version = version;
        _data = data;
        _phase = phase;
        _basePages = basePages;
        _baseSlots = baseSlots;
        _initialSlots = initialSlots == 0 ? RubyGrowth.DefaultInitialSlots : initialSlots;
        _sweep = new RubySweep(version, Pages, Slots);
        _pools = new RubyPool[version.SlotBytes.Count];
        for (int pool = 0; pool < _pools.Length; pool++)
        {
            _pools[pool] = new RubyPool(Pages);
            long pageSlots = Math.Max(1, version.PageSlots / (version.SlotBytes[pool] / RubyVersion.BaseSlotBytes));
            if (version.GrowsByPool)
                _pools[pool].AllocatablePages = initialSlots == 0 ? 0 : (initialSlots + pageSlots - 2) / (pageSlots - 1);
            else if (initialSlots > 0)
                AddInitialPages(initialSlots);
        }
    }

    public RubyPages Pages { get; } = new();

    public RubySlots Slots { get; } = new();

    /// <summary>Where the data of an object goes that a sweep finds dead.</summary>
    public Action<int>? Swept
    {
        get => _sweep.Swept;
        set => _sweep.Swept = value;
    }

    public long EmptySlotBytes { get; private set; }

    public long Collections { get; private set; }

    public long PagesAllocated { get; private set; }

    public long PagesFreed { get; private set; }

    /// <summary>Address of the highest mapped page, in pages.</summary>
    public long HighestPlace => HighestPage + _phase;

    /// <summary>Address of a page in bytes, counted from an arbitrary multiple of 5 pages.</summary>
    public long AddressOf(int page) => Pages[page].Address * _version.AlignBytes;

    /// <summary>A slot for a new object.</summary>
    /// <param name="collects">Whether a collection may run when the pool has no free slot and may not grow.</param>
    /// <param name="page">The page of the slot.</param>
    public int Take(int poolIndex, bool collects, out int page)
    {
        RubyPool pool = _pools[poolIndex];
        while (pool.UsedList == None)
        {
            if (pool.FreePages == None && !Increment(poolIndex))
            {
                if (collects)
                    Collect();
                if (pool.FreePages == None && !Increment(poolIndex))
                {
                    pool.AllocatablePages = 1;
                    Increment(poolIndex);
                }
            }

            pool.UsedPage = pool.FreePages;
            pool.FreePages = Pages[pool.UsedPage].NextFree;
            pool.UsedList = Pages[pool.UsedPage].FreeList;
            Pages[pool.UsedPage].FreeList = None;
        }

        int slot = pool.UsedList;
        pool.UsedList = Slots.Next(slot);
        page = pool.UsedPage;
        EmptySlotBytes -= _version.SlotBytes[poolIndex];
        _liveSlots++;
        return slot;
    }

    public void Die(int slot)
    {
        Slots.Die(slot);
        _liveSlots--;
    }

    /// <summary>A full mark and an immediate sweep.</summary>
    public void Collect()
    {
        Collections++;
        AfterMarking();
        foreach (RubyPool pool in _pools)
        {
            pool.FreePages = None;
            pool.PooledPages = None;
            pool.StopUsing(Slots);
        }

        for (int i = 0; i < _pools.Length; i++)
        {
            EmptySlotBytes += _sweep.Run(_pools[i]);
            if (_version.GrowsByPool)
                GrowPool(i);
        }

        FreeTombs();
        foreach (RubyPool pool in _pools)
        {
            pool.SweptSlots = 0;
            pool.AppendPooled();
        }

        if (!_version.GrowsByPool && _pools[0].FreePages == None && !Increment(0))
        {
            _pools[0].AllocatablePages = 1;
            Increment(0);
        }
    }

    private void AddInitialPages(long slots)
    {
        long allocated = RubyGrowth.DefaultInitialSlots;
        if (_version.AllocatesInitialSlots)
            allocated = Math.Max(allocated, slots);
        for (long pages = allocated / _version.PageSlots; pages > 0; pages--)
            AddPage(0);
        if (!_version.AllocatesInitialSlots)
            _pools[0].AllocatablePages = Math.Max(0, slots - _pools[0].Slots) / _version.PageSlots;
    }

    private bool Increment(int pool)
    {
        if (_pools[pool].AllocatablePages <= 0)
            return false;
        _pools[pool].AllocatablePages--;
        int tomb = Tomb(pool);
        if (tomb == None)
        {
            AddPage(pool);
            return true;
        }

        Pages[tomb].IsInTomb = false;
        _pools[pool].Append(tomb);
        _pools[pool].PushFree(tomb);
        return true;
    }

    private int Tomb(int pool)
    {
        for (int page = 0; page < Pages.Known; page++)
        {
            if (Pages[page].IsInTomb && Pages[page].Pool == pool)
                return page;
        }

        return None;
    }

    private void AddPage(int pool)
    {
        int number = Pages.Add();
        long address = Map(number);
        (int firstBytes, int slots) = _version.Cut(pool, address);
        ref RubyPage page = ref Pages[number];
        page = new RubyPage
        {
            Address = address,
            FirstSlot = FirstSlotFor(number, slots),
            Slots = slots,
            FirstBytes = firstBytes,
            Pool = pool,
            FreeList = None,
        };
        for (int slot = page.FirstSlot; slot < page.FirstSlot + slots; slot++)
        {
            Slots.Link(slot, page.FreeList);
            page.FreeList = slot;
        }

        EmptySlotBytes += (long)slots * _version.SlotBytes[pool];
        PagesAllocated++;
        _pools[pool].Append(number);
        _pools[pool].PushFree(number);
    }

    /// <summary>Each page number has room for the most slots a page can have.</summary>
    private int FirstSlotFor(int number, int slots)
    {
        int first = number * _version.PageSlots;
        _slotsCut = Math.Max(_slotsCut, first + slots);
        Slots.Ensure(_slotsCut);
        return first;
    }

    private long Map(int number)
    {
        if (_version.IsMapped)
            return HighestPlace - Pages.Map();
        EventOutcome outcome = _data.Apply(new AllocationEvent(
            AllocationEventKind.Allocate, ~(long)number, _version.PageBytes, AlignmentBytes: _version.AlignBytes));
        if (outcome.Answer == EventAnswer.NoMemory)
            throw new TraceException("malloc refused a page of the heap");
        return outcome.OffsetBytes / _version.AlignBytes;
    }

    private void AfterMarking()
    {
        long total = _baseSlots;
        long allocatable = 0;
        for (int i = 0; i < _pools.Length; i++)
        {
            int multiple = _version.SlotBytes[i] / RubyVersion.BaseSlotBytes;
            total += _pools[i].Slots + (_pools[i].AllocatablePages * (_version.PageSlots / multiple));
            allocatable += _pools[i].AllocatablePages;
        }

        long unmarked = total - _liveSlots - _baseSlots;
        _sweep.FreeablePages = RubyGrowth.FreeablePages(
            unmarked, total, _initialSlots * _pools.Length, _version.PageSlots);
        if (_version.GrowsByPool || !RubyGrowth.IsShort(unmarked, total))
            return;
        _pools[0].AllocatablePages = RubyGrowth.Extension(unmarked, total, _basePages + Pages.Count + allocatable);
        Increment(0);
    }

    private void GrowPool(int index)
    {
        RubyPool pool = _pools[index];
        long least = RubyGrowth.LeastSwept(pool.Slots, _initialSlots);
        for (int tomb = Tomb(index); tomb != None && pool.SweptSlots < least; tomb = Tomb(index))
        {
            pool.SweptSlots += Pages[tomb].Slots;
            Pages[tomb].IsInTomb = false;
            pool.Append(tomb);
            pool.PushFree(tomb);
        }

        if (pool.SweptSlots >= least)
            return;
        long extension = pool.Slots == 0 ? 1 : RubyGrowth.Extension(pool.SweptSlots, pool.Slots, pool.Pages);
        pool.AllocatablePages = Math.Max(pool.AllocatablePages, extension);
    }

    private void FreeTombs()
    {
        int lowest = _version.KeepsLowestPage ? Pages.Lowest() : None;
        for (int number = 0; number < Pages.Known; number++)
        {
            ref RubyPage page = ref Pages[number];
            if (!page.IsInTomb || page.Slots == 0)
                continue;
            if (number == lowest)
            {
                _pools[page.Pool].AllocatablePages = Math.Max(_pools[page.Pool].AllocatablePages, 1);
                continue;
            }

            EmptySlotBytes -= (long)page.Slots * _version.SlotBytes[page.Pool];
            page.IsInTomb = false;
            if (_version.IsMapped)
                Pages.Unmap(HighestPlace - page.Address);
            else
                _data.Apply(new AllocationEvent(AllocationEventKind.Free, ~(long)number));
            Pages.Remove(number);
            PagesFreed++;
        }
    }
}
