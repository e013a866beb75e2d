namespace FragGuard.Analyzers.Patterns.Ownership;

/// <summary>What a method does to the ownership of what it is passed.</summary>
internal enum CalleeEffect
{
    /// <summary>Looks at it and leaves it to its caller.</summary>
    Borrows,

    /// <summary>Keeps it, gives it back on some path, or may do either.</summary>
    TakesOver,

    /// <summary>Gives it back on every path on which it ends normally.</summary>
    Returns,
}
