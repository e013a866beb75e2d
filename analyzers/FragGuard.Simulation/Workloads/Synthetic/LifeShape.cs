namespace FragGuard.Simulation.Workloads.Synthetic;

/// <summary>How the blocks of a synthetic workload come and go.</summary>
internal enum LifeShape
{
    /// <summary>A block dies when its lifetime is over: the number of live blocks settles.</summary>
    Steady,

    /// <summary>Lifetimes grow from nothing to their full length over the run, and the number of live blocks with them.</summary>
    Ramp,

    /// <summary>Blocks whose lifetime is over die together, at every n-th birth.</summary>
    Burst,

    /// <summary>n blocks, every second one freed, then n/2 blocks of twice the size, which fit no gap; all freed; again.</summary>
    OddFree,

    /// <summary>n pairs of a block of 15 parts and one of 1 part, the large ones freed, then n/2 of 30 parts; all freed; again.</summary>
    Comb,

    /// <summary>n blocks, then all but every 16th freed; those die when the next n have come.</summary>
    Sawtooth,
}
