namespace FragGuard.Simulation.Models.Memcached;

/// <summary>The chunks of an item that is not stored yet.</summary>
internal struct ItemChunks
{
    /// <summary>The class whose queues the item goes to.</summary>
    public int Class;

    /// <summary>The class of the item's own chunk.</summary>
    public int ChunkClass;

    public int Chunk;

    /// <summary>The first chunk of a large item's value; 0 for an item that fits into one chunk.</summary>
    public int FirstPart;

    /// <summary>Bytes of the item as memcached counts them.</summary>
    public int TotalBytes;
}
