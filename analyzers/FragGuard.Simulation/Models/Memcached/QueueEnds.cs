namespace FragGuard.Simulation.Models.Memcached;

/// <summary>A queue of items in the order in which they were linked.</summary>
internal struct QueueEnds
{
    public int Newest;

    public int Oldest;

    /// <summary>Bytes of its items as memcached counts them.</summary>
    public long Bytes;
}
