using System;

namespace FragGuard.Simulation.Models.Memcached;

/// <summary>What memcached remembers of an item's reads.</summary>
[Flags]
internal enum ItemMarks : byte
{
    None = 0,

    /// <summary>Read at least once.</summary>
    Fetched = 1,

    /// <summary>Read again after that: it survives the next visit to its queue's end.</summary>
    Active = 2,
}
