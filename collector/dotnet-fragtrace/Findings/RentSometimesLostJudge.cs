using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// FG2002: confirmed when arrays rented at the line stay out in ever larger number. Those in use when the recording ends are
/// out as well, but their number does not grow; so the fewest that were out in the middle third of the recording are held
/// against the fewest in its last third.
/// </summary>
internal sealed class RentSometimesLostJudge() : RentJudge("FG2002")
{
    private const int LeastLost = 5;
    private const double LeastGrowth = 1 / 6.0;

    protected override Verdict Judge(Finding finding, IReadOnlyList<RentSite> sites, long rents, RunEvidence evidence)
    {
        long outstanding = sites.Sum(site => site.Outstanding);
        double growth = sites.Select(site => (site.PoolId, site.Length)).Distinct()
            .Sum(kind => Growth(kind, sites, evidence));
        Dictionary<string, double> measured = new(StringComparer.Ordinal)
        {
            ["rented"] = rents,
            ["returned"] = sites.Sum(site => site.Returned),
            ["outstanding"] = outstanding,
            ["outstandingGrowth"] = growth,
        };
        (VerdictKind kind, string says) = (outstanding, growth) switch
        {
            ( < LeastLost, _) => (VerdictKind.Refuted, "all but a few came back"),
            _ when growth >= LeastGrowth * outstanding && growth >= 1 =>
                (VerdictKind.Confirmed, "their number grew to the end"),
            _ => (VerdictKind.Unknown, "their number did not grow, so they may be in use; a longer run would tell"),
        };
        return new Verdict(
            kind,
            $"{Numbers.Count(rents)} arrays were rented here and {Numbers.Count(outstanding)} were out at the end: {says}.",
            new Dictionary<string, double>(StringComparer.Ordinal),
            measured);
    }

    /// <summary>Arrays by which the fewest out grew; 0 where most of those that are out come from other places.</summary>
    private static double Growth((int Pool, long Length) kind, IReadOnlyList<RentSite> sites, RunEvidence evidence)
    {
        PoolUse? pool = evidence.Run.Pools.FirstOrDefault(one => one.PoolId == kind.Pool && one.Length == kind.Length);
        if (pool is not { Outstanding: > 0 and { } all, Timeline.Count: > 0 })
            return 0;
        double end = pool.Timeline[^1].TimeMs;
        long middle = Fewest(pool.Timeline, end / 3, 2 * end / 3);
        long last = Fewest(pool.Timeline, 2 * end / 3, end);
        long mine = sites.Where(site => site.PoolId == kind.Pool && site.Length == kind.Length).Sum(site => site.Outstanding);
        return 2 * mine < all ? 0 : Math.Max(0, last - middle) * Math.Min(1, (double)mine / all);
    }

    /// <summary>What holds at the beginning of a span counts as well.</summary>
    private static long Fewest(IReadOnlyList<PoolMoment> timeline, double from, double to)
    {
        PoolMoment before = timeline.LastOrDefault(moment => moment.TimeMs <= from);
        return timeline.Where(moment => moment.TimeMs > from && moment.TimeMs <= to)
            .Select(moment => moment.Outstanding)
            .Append(before.Outstanding)
            .Min();
    }
}
