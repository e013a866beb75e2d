using System;

namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What may have become of the resource of one acquisition site; joined by OR, so one bit alone is a certainty.</summary>
[Flags]
internal enum OwnershipStates
{
    /// <summary>Not acquired on any path to here.</summary>
    None = 0,

    /// <summary>Held by this method, to be given back.</summary>
    Rented = 1,

    /// <summary>Given back to a pool.</summary>
    Returned = 2,

    /// <summary>Stored where it outlives the statement: a field, a collection, a closure, the result.</summary>
    Escaped = 4,

    /// <summary>Handed to code whose intent cannot be seen; nothing may be claimed any more.</summary>
    Unknown = 8,

    /// <summary>Several resources of the same site may be alive, so no update is certain.</summary>
    Several = 16,
}
