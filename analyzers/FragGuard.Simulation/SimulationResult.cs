using System.Collections.Generic;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;

namespace FragGuard.Simulation;

/// <summary>What one model made of one trace.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Operations">Events played.</param>
/// <param name="Refused">Requests answered with no memory.</param>
/// <param name="Evicted">Live entries the cache removed to make room.</param>
/// <param name="FinalLayout">The layout after the last event.</param>
/// <param name="Metrics">The numbers of the final layout.</param>
/// <param name="Run">The numbers of the whole run.</param>
/// <param name="History">Sums over the run, at most <see cref="Simulator.HistorySamples"/> of them, evenly spaced.</param>
public sealed record SimulationResult(
    string Model,
    long Operations,
    long Refused,
    long Evicted,
    HeapLayout FinalLayout,
    FragmentationMetrics Metrics,
    RunMetrics Run,
    IReadOnlyList<HeapSample> History);
