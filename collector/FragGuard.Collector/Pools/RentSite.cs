using FragGuard.Simulation.Traces;

namespace FragGuard.Collector.Pools;

/// <summary>What one place in the code rents from one pool at one length.</summary>
/// <param name="Site">The renting code.</param>
/// <param name="PoolId">Identity of the pool object within the recording.</param>
/// <param name="Length">Length of the arrays handed out, in elements.</param>
/// <param name="Rents">Arrays rented; 0 when rents were not recorded.</param>
/// <param name="Returned">Those of them that came back.</param>
/// <param name="Outstanding">Those of them still out when the recording ended.</param>
/// <param name="Misses">Arrays the pool made for this place because it had none.</param>
public sealed record RentSite(
    AllocationSite Site, int PoolId, long Length, long Rents, long Returned, long Outstanding, long Misses = 0)
{
    /// <summary>When an array was last rented there; 0 when rents were not recorded.</summary>
    public double LastRentMs { get; init; }

    /// <summary>Whether code made at run time did the renting: it has no lines, so that this site is at best the code that called it.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>Lengths together of the arrays still out, in elements.</summary>
    public long OutstandingElements => Outstanding * Length;
}
