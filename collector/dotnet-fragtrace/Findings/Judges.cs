using System;
using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Findings;

/// <summary>The registry of judges, by rule.</summary>
public static class Judges
{
    private static readonly IReadOnlyList<IJudge> All =
    [
        new MixedEntrySizesJudge("FG1001", countsBirths: false),
        new MixedEntrySizesJudge("FG1006", countsBirths: true),
        new RentNeverReturnedJudge("FG2001"),
        new RentSometimesLostJudge(),
        new ForeignReturnJudge("FG2003", canRefute: true),
        new ForeignReturnJudge("FG2006", canRefute: false),
        new RentBeyondPoolJudge(),
        new RentRoundedUpJudge(),
        new MixedPoolJudge(),
        new RentNeverReturnedJudge("FG2015"),
        new LargeObjectJudge("FG3001", leastBirths: 10, isByLoop: false),
        new LargeObjectJudge("FG3002", leastBirths: 1, isByLoop: true),
        new PinJudge("FG3003", isOfItsOwn: true),
        new PinJudge("FG3004", isOfItsOwn: false),
        new ShortPinnedLifeJudge(),
    ];

    /// <summary>Rules that some run can confirm or refute, in order.</summary>
    public static IEnumerable<string> Rules => All.Select(judge => judge.Rule);

    public static Verdict Judge(Finding finding, RunEvidence evidence)
    {
        if (Find(finding.Rule) is not { } judge)
            return Verdict.Unknown(UnjudgedRules.ReasonOf(finding.Rule));
        if (WhyNotBelieved(finding.Rule, evidence.LostRatio, evidence.Run.LargeObjects.UnknownLifetimeRatio, evidence.Limits) is { } reason)
            return Verdict.Unknown(reason);
        if (finding.File.Length == 0)
            return Verdict.Unknown("The finding names no source file, so no site of the run can be its own.");

        (Finding mapped, string? why) = evidence.Files.Map(finding);
        return why is null ? judge.Judge(mapped, evidence) : Verdict.Unknown(why);
    }

    /// <summary>Why a run proves nothing of a rule, in one sentence; null when it may.</summary>
    internal static string? WhyNotBelieved(string rule, double lostRatio, double unknownLifetimeRatio, JudgeLimits limits)
    {
        if (lostRatio > limits.MaxLostRatio)
            return JudgeWords.Lost(lostRatio, limits);
        return unknownLifetimeRatio > limits.MaxUnknownLifetimeRatio && Find(rule) is { RestsOnLifetimes: true }
            ? JudgeWords.UnknownLifetimes(unknownLifetimeRatio, limits)
            : null;
    }

    private static IJudge? Find(string rule) =>
        All.FirstOrDefault(one => string.Equals(one.Rule, rule, StringComparison.Ordinal));
}
