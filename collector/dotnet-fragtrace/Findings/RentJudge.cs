using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Findings;

/// <summary>Holds the findings of one rule against the arrays rented at the finding's line.</summary>
internal abstract class RentJudge(string rule) : IJudge
{
    public string Rule => rule;

    public bool RestsOnLifetimes => false;

    public Verdict Judge(Finding finding, RunEvidence evidence)
    {
        IReadOnlyList<RentSite> sites = RentSites.Of(finding, evidence.Run);
        long rents = sites.Sum(CountOf);
        return rents == 0 ? RentSites.None(evidence) : Judge(finding, sites, rents, evidence) with { Exercised = rents };
    }

    /// <summary>Arrays that a place is known to have rented.</summary>
    protected virtual long CountOf(RentSite site) => site.Rents;

    /// <param name="sites">What was rented at the line.</param>
    /// <param name="rents">Arrays in all, one at least.</param>
    protected abstract Verdict Judge(Finding finding, IReadOnlyList<RentSite> sites, long rents, RunEvidence evidence);
}
