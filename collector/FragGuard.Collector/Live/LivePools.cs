using System.Collections.Generic;

namespace FragGuard.Collector.Live;

/// <summary>What array pools did.</summary>
/// <param name="Total">Since the session began.</param>
/// <param name="Recent">In the window.</param>
/// <param name="WindowMs">Length of the window.</param>
/// <param name="Top">Pools and lengths with most misses, the first one leading.</param>
public sealed record LivePools(PoolCounts Total, PoolCounts Recent, double WindowMs, IReadOnlyList<LivePool> Top);
