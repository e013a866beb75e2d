using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Recordings;

namespace FragGuard.FragTrace.Findings;

/// <summary>The rents of a run that belong to a finding.</summary>
internal static class RentSites
{
    /// <summary>
    /// Rents at the finding's line, or of a method that the line calls, which hands over what it rents; and those in the finding's
    /// method without a line that took the same length from the same pool.
    /// </summary>
    public static IReadOnlyList<RentSite> Of(Finding finding, RecordedRun run)
    {
        SourcePlace place = new(finding.File, finding.Line);
        IReadOnlyList<RentSite> recorded = run.RentSites;
        IReadOnlyList<RentSite> here = place.MatchLine(recorded, site => site.Site);
        if (here.Count == 0)
            here = place.MatchLine(run.RentCallers, site => site.Site);
        if (here.Count == 0)
            here = place.Match(recorded, site => site.Site);
        HashSet<(int Pool, long Length)> kinds = [.. here.Select(site => (site.PoolId, site.Length))];
        return
        [
            .. here,
            .. place.MatchMethod(recorded, site => site.Site)
                .Where(site => kinds.Contains((site.PoolId, site.Length))),
        ];
    }

    /// <summary>What to say where nothing was rented, or nothing returned.</summary>
    public static Verdict None(RunEvidence evidence, string done = "rented")
    {
        if (evidence.Run.Pools.Any(pool => !pool.KnowsRents))
        {
            return Verdict.Unknown(
                "What is rented was not recorded, only what pools missed, dropped and trimmed; --profile run records it.");
        }

        long inlined = evidence.Run.RentSites.Where(site => site.IsGenerated).Sum(site => site.Rents);
        if (inlined > 0)
        {
            return Verdict.Unknown(
                $"Nothing was {done} at this line, but {Numbers.Count(inlined)} arrays were rented by code made at run time, which has no lines: "
                + "short methods that it calls may have become part of it.");
        }

        return evidence.Run.Pools.Count == 0
            ? Verdict.NotExercised("No array pool was used during the run.")
            : JudgeWords.NothingHere(evidence, $"Pools were used, but nothing was {done} at this line.");
    }
}
