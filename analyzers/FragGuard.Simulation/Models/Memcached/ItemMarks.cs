using System;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>What memcached remembers of an item's reads, and what kind of item it is.</summary>
[Flags]
internal enum ItemMarks : byte
{
    None = 0,

    /// <summary>Read at least once.</summary>
    Fetched = 1,

    /// <summary>Read again after that: it survives the next visit to its queue's end.</summary>
    Active = 2,

    /// <summary>Has a time to live.</summary>
    Expires = 4,

    /// <summary>The value is in chunks of its own.</summary>
    Large = 8,

    /// <summary>The value counts as a number.</summary>
    Number = 16,

    /// <summary>Stored before the last flush.</summary>
    Flushed = 32,

    /// <summary>The site that stored it is known.</summary>
    Sited = 64,
}
