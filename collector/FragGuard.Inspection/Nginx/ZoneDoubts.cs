using System;

namespace FragGuard.Inspection.Nginx;

/// <summary>What of a zone does not agree with itself. A zone at rest that nobody damaged has none.</summary>
[Flags]
public enum ZoneDoubts
{
    None = 0,

    /// <summary>Descriptors of some pages make no sense.</summary>
    Pages = 1,

    /// <summary>Bitmaps inside some pages cannot be read or make no sense.</summary>
    Bitmaps = 2,

    /// <summary>The list of free runs does not hold exactly the free runs, or their sum is not the pool's own count.</summary>
    FreeList = 4,

    /// <summary>The list of a size class does not hold exactly its pages with free slots.</summary>
    ClassLists = 8,

    /// <summary>The pool's own counts of slots differ from its bitmaps.</summary>
    Statistics = 16,

    /// <summary>Not all of the zone's records could be read.</summary>
    Unreadable = 32,
}
