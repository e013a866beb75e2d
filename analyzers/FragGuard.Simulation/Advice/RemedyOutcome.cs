namespace FragGuard.Simulation.Advice;

/// <summary>What one change makes of a trace, and what it costs.</summary>
/// <param name="Id">Stable kebab-case name, such as <c>split-by-size</c>.</param>
/// <param name="Advice">The change as an instruction.</param>
/// <param name="Refused">Requests answered with no memory.</param>
/// <param name="Evicted">Live entries removed to make room.</param>
/// <param name="FailedWithSpace">Requests refused while F ≥ their size: the harm of fragmentation itself.</param>
/// <param name="MeanResidentBytes">Mean of R over the sampled events.</param>
/// <param name="PeakCommittedBytes">max C.</param>
/// <param name="MeanStrandedBytes">
/// Mean bytes of free extents too small for the largest request their zone or heap ever gets, over the sampled events.
/// </param>
/// <param name="Stranded">The same as a share of F; 0 when nothing was free.</param>
/// <param name="InternalWaste">Mean over the samples of (A − L) / A, L being what the program as written asks for.</param>
/// <param name="Heaps">Zones or heaps used.</param>
/// <param name="ExtraBytes">Capacity beyond that of the zone as written; 0 for a heap that grows.</param>
public sealed record RemedyOutcome(
    string Id,
    string Advice,
    long Refused,
    long Evicted,
    long FailedWithSpace,
    long MeanResidentBytes,
    long PeakCommittedBytes,
    long MeanStrandedBytes,
    double Stranded,
    double InternalWaste,
    int Heaps,
    long ExtraBytes)
{
    /// <summary>Requests and entries the memory did not serve.</summary>
    public long Unserved => Refused + Evicted;
}
