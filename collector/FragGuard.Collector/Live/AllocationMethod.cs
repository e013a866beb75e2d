namespace FragGuard.Collector.Live;

/// <summary>How allocations are known.</summary>
public enum AllocationMethod
{
    /// <summary>They are not: the profile leaves them out, or nothing was allocated.</summary>
    Unknown,

    /// <summary>By objects drawn at random: an estimate with an error bar. Runtime 10 and later.</summary>
    Sampled,

    /// <summary>By a tick about every 100 KiB: a fixed stride, whose error nobody knows. Older runtimes.</summary>
    Ticks,
}
