namespace FragGuard.FragTrace.Pictures;

/// <summary>What a colour means. <c>Palette</c> gives each one its colour, for light and for dark.</summary>
internal enum Ink
{
    /// <summary>Nothing is drawn.</summary>
    None,

    /// <summary>Letters.</summary>
    Text,

    /// <summary>Letters of less weight: axes, units.</summary>
    FaintText,

    /// <summary>Axes and grid.</summary>
    Grid,

    /// <summary>Holds live data: red in the picture of the Ruby article.</summary>
    Used,

    /// <summary>A fifth to four fifths of it hold live data.</summary>
    UsedQuarter,

    UsedHalf,

    UsedThreeQuarters,

    /// <summary>Free, but kept in memory: grey in that picture.</summary>
    Free,

    /// <summary>Free and given back to the kernel: white in that picture.</summary>
    Released,

    /// <summary>The free end of a heap, from which the allocator can shrink or grow.</summary>
    Top,

    /// <summary>The allocator's own records.</summary>
    Metadata,

    /// <summary>Not known.</summary>
    Unknown,

    /// <summary>The largest hole.</summary>
    LargestHole,

    /// <summary>What the reader should look at: a limit passed, an alarm.</summary>
    Alarm,

    /// <summary>Ten tones for things that are told apart only, such as the parts of a sum.</summary>
    Series0,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6,
    Series7,
    Series8,
    Series9,
}
