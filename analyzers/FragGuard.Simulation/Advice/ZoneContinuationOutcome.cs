namespace FragGuard.Simulation.Advice;

/// <summary>What became of a dictionary that was filled anew.</summary>
/// <param name="Stores">Stores that were played.</param>
/// <param name="Refused">Of these answered with no memory, although entries were evicted for them.</param>
/// <param name="Evicted">Live entries evicted.</param>
/// <param name="LiveBytes">Mean bytes of its entries over the second half.</param>
/// <param name="Entries">Mean number of its entries over the second half.</param>
public sealed record ZoneContinuationOutcome(long Stores, long Refused, long Evicted, long LiveBytes, long Entries);
