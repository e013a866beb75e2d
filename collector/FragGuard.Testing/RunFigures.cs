using System.Collections.Generic;

namespace FragGuard.Testing;

/// <summary>What the tool says of a run.</summary>
/// <param name="HasFindings">Whether findings of a build were held against the run, be it none that were found.</param>
internal sealed record RunFigures(
    IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyList<string> Refusals,
    IReadOnlyList<JudgedFinding> Findings,
    bool HasFindings,
    int? ExitCode);
