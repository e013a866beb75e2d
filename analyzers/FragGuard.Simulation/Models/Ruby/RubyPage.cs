namespace FragGuard.Simulation.Models.Ruby;

/// <summary>One page of Ruby's heap.</summary>
internal struct RubyPage
{
    /// <summary>Address of the page divided by its alignment, counted from the model's base.</summary>
    public long Address;

    /// <summary>Index of its first slot among all slots ever cut.</summary>
    public int FirstSlot;

    public int Slots;

    /// <summary>Bytes from the page's start to its first slot.</summary>
    public int FirstBytes;

    public int Pool;

    /// <summary>First slot of its free list, or −1.</summary>
    public int FreeList;

    /// <summary>Next page with free slots, or −1.</summary>
    public int NextFree;

    /// <summary>Neighbours in the list of the pool's pages, or −1.</summary>
    public int Previous;

    public int Next;

    /// <summary>Holds no object and awaits its return to the system.</summary>
    public bool IsInTomb;
}
