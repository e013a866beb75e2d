using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Findings;

/// <summary>The registry of judges, by rule.</summary>
public static class Judges
{
    /// <summary>Share of lost events above which a run proves nothing.</summary>
    public const double MaxLostRatio = 0.05;

    private static readonly IReadOnlyList<IJudge> All =
    [
        new MixedEntrySizesJudge(),
        new RentNeverReturnedJudge(),
    ];

    public static Verdict Judge(Finding finding, RunEvidence evidence)
    {
        IJudge? judge = All.FirstOrDefault(one => string.Equals(one.Rule, finding.Rule, StringComparison.Ordinal));
        if (judge is null)
            return Verdict.Unknown($"No run can be held against {finding.Rule} yet.");
        if (evidence.LostRatio > MaxLostRatio)
        {
            return Verdict.Unknown(
                $"{Numbers.Percent(evidence.LostRatio)} of the events were lost; above {Numbers.Percent(MaxLostRatio)} a run proves nothing.");
        }

        return judge.Judge(finding, evidence);
    }
}
