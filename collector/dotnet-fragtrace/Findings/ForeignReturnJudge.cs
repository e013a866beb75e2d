using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// FG2003 and FG2006: confirmed when an array came back at the line that was not out: it was in the pool already, or is none of
/// the pool's. All rents must be known for that.
/// </summary>
/// <param name="canRefute">
/// Whether arrays that were out are no harm. An array that is returned too early, while it stays in use, was out as well.
/// </param>
internal sealed class ForeignReturnJudge(string rule, bool canRefute) : IJudge
{
    public string Rule => rule;

    public bool RestsOnLifetimes => false;

    public Verdict Judge(Finding finding, RunEvidence evidence)
    {
        SourcePlace place = new(finding.File, finding.Line);
        IReadOnlyList<ReturnSite> here = place.MatchLine(evidence.Run.ReturnSites, site => site.Site);
        if (here.Count == 0)
            here = place.MatchLine(evidence.Run.ReturnCallers, site => site.Site);
        if (here.Count == 0)
            here = [.. evidence.Run.ReturnSites.Where(site => IsInCatch(site.Site, finding))];
        ReturnSite[] optimized = [.. place.MatchMethod(evidence.Run.ReturnSites, site => site.Site)];
        if (here.Count + optimized.Length == 0)
        {
            Verdict none = RentSites.None(evidence, "returned");
            return canRefute || none.Kind != VerdictKind.NotExercised
                ? none
                : Verdict.Unknown("Nothing came back at this line: it did not run, or the pool refused what it was given.");
        }

        ReturnSite[] all = [.. here, .. optimized];
        long returned = all.Sum(site => site.Returned);
        long unseen = all.Sum(site => site.Unseen);
        (VerdictKind kind, string says) = Weigh(unseen, here.Count > 0, all, evidence);
        return new Verdict(
            kind,
            $"Of {Numbers.Count(returned)} arrays that were returned here {Numbers.Count(unseen)} were not out: {says}.",
            new Dictionary<string, double>(StringComparer.Ordinal),
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["returned"] = returned,
                ["returnedUnseen"] = unseen,
            }) { Exercised = returned };
    }

    /// <summary>
    /// Whether a return of the method may be the finding's although it has another line. The runtime gives the code of a clause that
    /// handles an exception the line that threw; the return before it has a line of its own, which the finding names.
    /// </summary>
    private static bool IsInCatch(AllocationSite site, Finding finding)
    {
        SourcePlace place = new(site.File ?? "", site.Line);
        return site.Line > 0 && finding.Related.Count > 0
            && site.FirstLine <= finding.Line && finding.Line <= site.LastLine
            && place.IsInFileOf(new SourcePlace(finding.File, finding.Line))
            && !finding.Related.Any(first => first.Holds(place));
    }

    private (VerdictKind Kind, string Says) Weigh(long unseen, bool isOnLine, ReturnSite[] sites, RunEvidence evidence)
    {
        if (!evidence.Run.SawStart || evidence.Run.EventsLost > 0)
            return (VerdictKind.Unknown, "not all rents are known, because events were lost or the program ran before");
        PoolUse[] pools = [.. evidence.Run.Pools.Where(pool => sites.Any(site => site.PoolId == pool.PoolId && site.Length == pool.Length))];
        if (pools.Any(pool => pool.Unfollowed > 0))
            return (VerdictKind.Unknown, "not all rents are known, because too many arrays were out at once");
        if (unseen > 0)
            return (VerdictKind.Confirmed, "the pool has them twice, or they are none of its own");
        if (!canRefute)
            return (VerdictKind.Unknown, "whether those that were are still in use is no event");
        if (!isOnLine)
            return (VerdictKind.Unknown, "the optimized code does not tell which return of the method it was");
        return pools.Any(pool => pool.ReturnedUnseen > 0)
            ? (VerdictKind.Unknown, "but elsewhere some were not, after a rent in between perhaps")
            : (VerdictKind.Refuted, "the pool had lent each of them");
    }
}
