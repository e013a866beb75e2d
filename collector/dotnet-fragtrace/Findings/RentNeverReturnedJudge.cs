using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// FG2001, and FG2015 for owners of arrays: confirmed when the arrays rented at the line did not come back. Those that somebody
/// keeps for long have not come back either when the recording ends; they are told by what GCs found alive or, where no GC
/// met a sample of them, by having been rented at its very beginning only.
/// </summary>
internal sealed class RentNeverReturnedJudge(string rule) : RentJudge(rule)
{
    /// <summary>
    /// Share of arrays that may seem to come back: the runtime names arrays by identity hashes, which now and then collide.
    /// </summary>
    internal const double HashCollisions = 0.02;

    /// <summary>Share of the recording in which programs get ready.</summary>
    private const double Beginning = 0.1;

    protected override Verdict Judge(Finding finding, IReadOnlyList<RentSite> sites, long rents, RunEvidence evidence)
    {
        long returned = sites.Sum(site => site.Returned);
        Dictionary<string, double> measured = new(StringComparer.Ordinal)
        {
            ["rented"] = rents,
            ["returned"] = returned,
            ["outstanding"] = sites.Sum(site => site.Outstanding),
            ["outstandingElements"] = sites.Sum(site => site.OutstandingElements),
        };
        double? died = SampledLives.ArraysAt(new SourcePlace(finding.File, finding.Line), evidence.Run.Heap).JudgedDead;
        if (died is { } share)
            measured["diedShare"] = share;
        (VerdictKind kind, string says) = returned > HashCollisions * rents
            ? (VerdictKind.Refuted, "")
            : Weigh(died, sites.Max(site => site.LastRentMs) <= Beginning * evidence.Run.DurationMs);
        if (kind == VerdictKind.Confirmed && sites.Any(site => HasUnfollowed(evidence, site)))
            (kind, says) = (VerdictKind.Unknown, ", as far as they were followed: too many arrays were out at once");
        return new Verdict(
            kind,
            $"{Numbers.Count(rents)} arrays were rented here and {Numbers.Count(returned)} came back{says}.",
            new Dictionary<string, double>(StringComparer.Ordinal),
            measured);
    }

    private static bool HasUnfollowed(RunEvidence evidence, RentSite site) => evidence.Run.Pools.Any(
        pool => pool.PoolId == site.PoolId && pool.Length == site.Length && pool.Unfollowed > 0);

    private static (VerdictKind Kind, string Says) Weigh(double? died, bool isBeginning) => died switch
    {
        >= 0.5 => (VerdictKind.Confirmed, $"; GCs found {Numbers.Percent(died.Value)} of those that they met dead"),
        not null => (VerdictKind.Unknown, $"; GCs found {Numbers.Percent(1 - died.Value)} of those that they met alive, so they may be in use"),
        null when isBeginning =>
            (VerdictKind.Unknown, "; all were rented when the recording began and no GC met one, so they may be in use"),
        null => (VerdictKind.Confirmed, ""),
    };
}
