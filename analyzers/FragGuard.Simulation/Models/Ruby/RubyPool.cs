namespace FragGuard.Simulation.Models.Ruby;

/// <summary>The pages of one slot size: all of them in the order they were added, and those with free slots.</summary>
internal sealed class RubyPool
{
    private const int None = -1;

    private readonly RubyPages _pages;

    public RubyPool(RubyPages pages) => _pages = pages;

    public int First { get; private set; } = None;

    public int Last { get; private set; } = None;

    /// <summary>Head of the pages with free slots, or −1.</summary>
    public int FreePages { get; set; } = None;

    /// <summary>Pages set aside by the sweep, behind the free ones when it is over.</summary>
    public int PooledPages { get; set; } = None;

    /// <summary>Pages that may be added before a collection is due.</summary>
    public long AllocatablePages { get; set; }

    /// <summary>The page whose free list is being used up, or −1.</summary>
    public int UsedPage { get; set; } = None;

    /// <summary>The rest of that free list, or −1.</summary>
    public int UsedList { get; set; } = None;

    public long Pages { get; private set; }

    public long Slots { get; private set; }

    /// <summary>Free slots that the running sweep has found.</summary>
    public long SweptSlots { get; set; }

    public void Append(int page)
    {
        ref RubyPage added = ref _pages[page];
        added.Previous = Last;
        added.Next = None;
        if (Last == None)
            First = page;
        else
            _pages[Last].Next = page;
        Last = page;
        Pages++;
        Slots += added.Slots;
    }

    public void Unlink(int page)
    {
        ref RubyPage gone = ref _pages[page];
        if (gone.Previous == None)
            First = gone.Next;
        else
            _pages[gone.Previous].Next = gone.Next;
        if (gone.Next == None)
            Last = gone.Previous;
        else
            _pages[gone.Next].Previous = gone.Previous;
        Pages--;
        Slots -= gone.Slots;
    }

    public void PushFree(int page)
    {
        _pages[page].NextFree = FreePages;
        FreePages = page;
    }

    public void PushPooled(int page)
    {
        _pages[page].NextFree = PooledPages;
        PooledPages = page;
    }

    public void AppendPooled()
    {
        if (FreePages == None)
        {
            FreePages = PooledPages;
        }
        else
        {
            int last = FreePages;
            while (_pages[last].NextFree != None)
                last = _pages[last].NextFree;
            _pages[last].NextFree = PooledPages;
        }

        PooledPages = None;
    }

    /// <summary>Gives the rest of the list in use back to the end of its page's list.</summary>
    public void StopUsing(RubySlots slots)
    {
        if (UsedList != None)
        {
            ref RubyPage page = ref _pages[UsedPage];
            if (page.FreeList == None)
            {
                page.FreeList = UsedList;
            }
            else
            {
                int last = page.FreeList;
                while (slots.Next(last) != None)
                    last = slots.Next(last);
                slots.Link(last, UsedList);
            }
        }

        UsedPage = None;
        UsedList = None;
    }
}
