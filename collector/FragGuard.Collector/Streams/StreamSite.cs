using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Streams;

/// <summary>What one place in the code does with recyclable streams of one tag.</summary>
/// <param name="Site">The code that creates them.</param>
/// <param name="Tag">As the program named their use; may be empty.</param>
/// <param name="Finalized">Streams that were never disposed: their buffers are lost to the pool.</param>
/// <param name="Outstanding">Neither disposed nor finalized when the recording ended.</param>
public sealed record StreamSite(AllocationSite Site, string Tag, long Created, long Disposed, long Finalized, long Outstanding);
