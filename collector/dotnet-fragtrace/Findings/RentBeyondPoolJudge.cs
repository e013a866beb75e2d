using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Findings;

/// <summary>FG2008: confirmed when the pool made arrays for the line because it never keeps that length.</summary>
internal sealed class RentBeyondPoolJudge() : RentJudge("FG2008")
{
    private const string MissRatio = "missRatio";

    protected override long CountOf(RentSite site) => Math.Max(site.Rents, site.Misses);

    protected override Verdict Judge(Finding finding, IReadOnlyList<RentSite> sites, long rents, RunEvidence evidence)
    {
        RentSite[] beyond = [.. sites.Where(site => IsBeyond(site, evidence))];
        long made = beyond.Sum(site => site.Misses);
        bool knowsRents = sites.All(site => site.Rents > 0);
        Dictionary<string, double> predicted = new(StringComparer.Ordinal) { [MissRatio] = 1 };
        Dictionary<string, double> measured = new(StringComparer.Ordinal)
        {
            ["rented"] = rents,
            ["made"] = made,
        };
        if (knowsRents)
            measured[MissRatio] = (double)made / rents;
        return new Verdict(
            made > 0 ? VerdictKind.Confirmed : VerdictKind.Refuted,
            made > 0
                ? $"Of {Numbers.Count(rents)} rents here {Numbers.Count(made)} were of a length that the pool never keeps, each a new array."
                : $"The pool keeps the length of the {Numbers.Count(rents)} arrays that were rented here.",
            predicted,
            measured)
        {
            Compared = knowsRents ? [new Reports.PredictedQuantity(MissRatio, 1, null, null, measured[MissRatio], null, null)] : [],
        };
    }

    private static bool IsBeyond(RentSite site, RunEvidence evidence) => evidence.Run.Pools.Any(pool =>
        pool.PoolId == site.PoolId && pool.Length == site.Length && pool.AllocatedOverMaximumSize > 0);
}
