namespace FragGuard.Simulation.Models.Memcached;

/// <summary>The queues of a class. A flat LRU uses <see cref="Cold"/> alone.</summary>
internal enum ItemQueue : byte
{
    /// <summary>Where new items start.</summary>
    Hot,

    /// <summary>Items read more than once.</summary>
    Warm,

    /// <summary>Items next to be evicted.</summary>
    Cold,
}
