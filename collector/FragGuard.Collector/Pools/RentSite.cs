using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Pools;

/// <summary>One place in the code that rents arrays.</summary>
/// <param name="Site">The renting code.</param>
/// <param name="Rents">Arrays rented.</param>
/// <param name="Returned">Those of them that came back.</param>
/// <param name="Outstanding">Those of them still out when the recording ended.</param>
/// <param name="OutstandingElements">Their lengths together, in elements.</param>
public sealed record RentSite(
    AllocationSite Site, long Rents, long Returned, long Outstanding, long OutstandingElements);
