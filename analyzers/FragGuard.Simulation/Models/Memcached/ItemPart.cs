namespace FragGuard.Simulation.Models.Memcached;

/// <summary>One chunk of a large item's value.</summary>
internal struct ItemPart
{
    public int Chunk;

    /// <summary>The part after this one; 0 for none.</summary>
    public int Next;

    /// <summary>Bytes of the value in the chunk.</summary>
    public int UsedBytes;

    public byte Class;
}
