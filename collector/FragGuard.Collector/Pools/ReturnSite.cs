using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Pools;

/// <summary>What comes back to one pool from one place in the code, at one length.</summary>
/// <param name="Site">The returning code.</param>
/// <param name="PoolId">Identity of the pool object within the recording.</param>
/// <param name="Length">Length of the arrays, in elements.</param>
/// <param name="Returned">Arrays returned.</param>
/// <param name="Unseen">
/// Those of them that were not out: rented before the recording began, returned before, or never rented from this pool.
/// </param>
public sealed record ReturnSite(AllocationSite Site, int PoolId, long Length, long Returned, long Unseen);
