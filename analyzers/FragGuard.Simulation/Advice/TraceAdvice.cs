using System.Collections.Generic;

namespace FragGuard.Simulation.Advice;

/// <summary>What the simulator expects of every change that was tried on a trace.</summary>
/// <param name="Model">Name of the model as written.</param>
/// <param name="Operations">Events the advice is judged on: the first ones of a longer trace.</param>
/// <param name="IsWholeTrace">Whether those are all events of the trace.</param>
/// <param name="AsWritten">The trace without a change.</param>
/// <param name="Remedies">
/// The changes, best first. In memory of fixed size: fewest unserved requests, then the smallest stranded share, then
/// the fewest extra bytes. On a heap that grows: fewest unserved requests, then fewest mean resident bytes.
/// </param>
public sealed record TraceAdvice(
    string Model,
    long Operations,
    bool IsWholeTrace,
    RemedyOutcome AsWritten,
    IReadOnlyList<RemedyOutcome> Remedies);
