namespace FragGuard.Simulation.Advice;

/// <summary>What a prediction for the GC heap rests on beside the sizes.</summary>
/// <param name="IsConcurrent">Whether full GCs run in the background, the runtime's default.</param>
/// <param name="KnowsEntries">
/// Whether the number of live entries is known. Where it is not, the prediction is the mean over a range of numbers: how
/// far the heap overshoots while the cache fills depends on where in the growth of the GC's budget it becomes full.
/// </param>
public sealed record GcHeapAssumptions(bool IsConcurrent = true, bool KnowsEntries = false);
