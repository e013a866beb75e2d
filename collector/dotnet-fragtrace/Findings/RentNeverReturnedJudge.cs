using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Findings;

/// <summary>FG2001: confirmed when the arrays rented at the line did not come back.</summary>
internal sealed class RentNeverReturnedJudge : IJudge
{
    /// <summary>
    /// Share of arrays that may seem to come back: the runtime names arrays by identity hashes, which now and then collide.
    /// </summary>
    private const double HashCollisions = 0.02;

    public string Rule => "FG2001";

    public Verdict Judge(Finding finding, RunEvidence evidence)
    {
        IReadOnlyList<RentSite> sites = SitesOf(finding, evidence.Run.RentSites);
        long rents = sites.Sum(site => site.Rents);
        if (rents == 0)
        {
            if (evidence.Run.Pools.Any(pool => !pool.KnowsRents))
                return Verdict.Unknown("What is rented was not recorded, only what pools missed, dropped and trimmed.");
            return evidence.Run.Pools.Count == 0
                ? Verdict.NotExercised("No array pool was used during the run.")
                : Verdict.NotExercised("Pools were used, but nothing was rented at this line.");
        }

        long returned = sites.Sum(site => site.Returned);
        Dictionary<string, double> measured = new(StringComparer.Ordinal)
        {
            ["rented"] = rents,
            ["returned"] = returned,
            ["outstanding"] = sites.Sum(site => site.Outstanding),
            ["outstandingElements"] = sites.Sum(site => site.OutstandingElements),
        };
        Dictionary<string, double> predicted = new(StringComparer.Ordinal);
        return returned <= HashCollisions * rents
            ? new Verdict(
                VerdictKind.Confirmed,
                $"{Numbers.Count(rents)} arrays were rented here and {Numbers.Count(returned)} came back.",
                predicted,
                measured)
            : new Verdict(
                VerdictKind.Refuted,
                $"{Numbers.Count(returned)} of the {Numbers.Count(rents)} arrays rented here came back.",
                predicted,
                measured);
    }

    /// <summary>
    /// Rents at the finding's line, and those in its method without a line that took the same length from the same pool.
    /// </summary>
    private static IReadOnlyList<RentSite> SitesOf(Finding finding, IReadOnlyList<RentSite> recorded)
    {
        SourcePlace place = new(finding.File, finding.Line);
        IReadOnlyList<RentSite> here = place.Match(recorded, site => site.Site);
        HashSet<(int Pool, long Length)> kinds = [.. here.Select(site => (site.PoolId, site.Length))];
        return
        [
            .. here,
            .. place.MatchMethod(recorded, site => site.Site)
                .Where(site => kinds.Contains((site.PoolId, site.Length))),
        ];
    }
}
