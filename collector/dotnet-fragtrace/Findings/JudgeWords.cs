using System;
using System.Collections.Generic;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Findings;

/// <summary>Sentences that several judges say.</summary>
internal static class JudgeWords
{
    public static string Lost(double ratio, JudgeLimits limits) =>
        $"{Numbers.Percent(ratio)} of the events were lost; above {Numbers.Percent(limits.MaxLostRatio)} a run proves nothing.";

    public static string UnknownLifetimes(double ratio, JudgeLimits limits) =>
        $"It is not known when {Numbers.Percent(ratio)} of the large-object bytes died; above "
        + $"{Numbers.Percent(limits.MaxUnknownLifetimeRatio)} a run proves nothing.";

    /// <summary>Whether the code is a compiled expression, such as what ASP.NET Core makes around handlers of a minimal API.</summary>
    public static bool IsMadeAtRunTime(AllocationSite site) =>
        site is { Line: 0 } && site.Name.StartsWith("dynamicClass.", StringComparison.Ordinal);

    /// <summary>Says that a place did not run, if the recording tells lines at all.</summary>
    public static Verdict NothingHere(
        RunEvidence evidence, string sentence, IReadOnlyDictionary<string, double>? predicted = null) => evidence.Files.Any
            ? Verdict.NotExercised(sentence, predicted)
            : Verdict.Unknown("The recording names no source lines; --symbols takes the folder of the program's PDBs.", predicted);
}
