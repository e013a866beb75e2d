namespace FragGuard.Simulation.Models.DotNet;

/// <summary>How full the machine's memory is, as the pool sees it when it trims.</summary>
internal enum MemoryPressure
{
    /// <summary>Below 70 % of what the GC calls high.</summary>
    Low,

    /// <summary>From 70 % of it.</summary>
    Medium,

    /// <summary>From 90 % of it.</summary>
    High,
}
