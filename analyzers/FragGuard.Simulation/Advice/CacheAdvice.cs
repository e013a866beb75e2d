using System.Collections.Generic;

namespace FragGuard.Simulation.Advice;

/// <summary>The prediction for a cache as written, and for every remedy that was tried.</summary>
/// <param name="AsWritten">The cache as the code has it.</param>
/// <param name="Remedies">All that were simulated, best first.</param>
public sealed record CacheAdvice(CachePrediction AsWritten, IReadOnlyList<RemedyPrediction> Remedies)
{
    /// <summary>The remedy with the smallest heap, when it is smaller than the heap as written.</summary>
    public RemedyPrediction? Best =>
        Remedies.Count > 0 && Remedies[0].Prediction.HeapBytes < AsWritten.HeapBytes ? Remedies[0] : null;
}
