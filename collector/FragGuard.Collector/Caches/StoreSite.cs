using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Caches;

/// <summary>One place in the code that stores entries into a cache.</summary>
public sealed record StoreSite(
    AllocationSite Site, long Stored, long StoredBytes, long MinEntryBytes, long MaxEntryBytes);
