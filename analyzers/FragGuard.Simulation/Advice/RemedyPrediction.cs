namespace FragGuard.Simulation.Advice;

/// <summary>One change to the program or its settings, and what the simulator expects of it.</summary>
/// <param name="Id">Stable kebab-case name, such as <c>pooled-chunks</c>.</param>
/// <param name="Advice">The change as an instruction, such as "store 64 KiB chunks rented from a pool".</param>
/// <param name="Prediction">The same workload with the change.</param>
public sealed record RemedyPrediction(string Id, string Advice, CachePrediction Prediction);
