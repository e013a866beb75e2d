namespace FragGuard.Simulation.Models.Memcached;

/// <summary>What is known of an item besides its <see cref="Item"/>.</summary>
internal struct ItemDetails
{
    /// <summary>Second of the last access that counted.</summary>
    public int Time;

    /// <summary>Second from which the item is expired; of no meaning unless it <see cref="ItemMarks.Expires"/>.</summary>
    public int ExpiresAt;

    /// <summary>Flushes seen before the item was stored.</summary>
    public int Flushes;

    /// <summary>The first chunk of a large item's value; 0 for an item that fits into one chunk.</summary>
    public int FirstPart;

    public int Site;
}
