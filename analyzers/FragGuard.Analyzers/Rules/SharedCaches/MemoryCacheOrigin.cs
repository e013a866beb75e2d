namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>Where a memory cache comes from, and whether its size is limited.</summary>
internal enum MemoryCacheOrigin
{
    /// <summary>Several places make it, or one that cannot be followed.</summary>
    Unknown,

    /// <summary>Handed in by dependency injection.</summary>
    Injected,

    /// <summary>Made in this compilation without a size limit.</summary>
    Unlimited,

    /// <summary>Made in this compilation with a size limit.</summary>
    Limited,
}
