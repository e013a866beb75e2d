namespace FragGuard.Collector.Heaps;

/// <summary>How the objects were chosen that lifetimes and neighbours are told of.</summary>
public enum SampleKind
{
    /// <summary>The recording has no allocations.</summary>
    None,

    /// <summary>
    /// Event 303, runtime 10 and later: every allocated byte is drawn with probability 1 / 102,400, so an object stands for
    /// bytes / (1 − (1 − 1/102,400)^bytes) of allocation. Unbiased; the error follows from the number of samples alone.
    /// </summary>
    Drawn,

    /// <summary>
    /// Event 10: the object that crosses every 100 KiB or so of allocation. A program that allocates in a fixed rhythm can
    /// fall in step with it, so the error has no bound.
    /// </summary>
    Ticks,
}
