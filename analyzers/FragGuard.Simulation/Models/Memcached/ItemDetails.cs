namespace FragGuard.Simulation.Models.Memcached;

/// <summary>What only some items have: each field means something only with the mark it names.</summary>
internal struct ItemDetails
{
    /// <summary>Second from which an item that <see cref="ItemMarks.Expires"/> is expired.</summary>
    public int ExpiresAt;

    /// <summary>The first chunk of the value of an item that is <see cref="ItemMarks.Large"/>.</summary>
    public int FirstPart;

    /// <summary>The site of an item that is <see cref="ItemMarks.Sited"/>.</summary>
    public int Site;
}
