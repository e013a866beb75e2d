using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Pools;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// FG2009: confirmed when the arrays that the pool handed out are large objects and were mostly made for the rent. Where the
/// pool nearly always had one, a large array costs no more than a small one. The length asked for is no event, so arrays
/// below the large-object heap cannot be judged.
/// </summary>
internal sealed class RentRoundedUpJudge() : RentJudge("FG2009")
{
    private const long LargeObjectBytes = 85_000;
    private const int ArrayHeaderBytes = 24;
    private const double MostMisses = 0.1;

    protected override Verdict Judge(Finding finding, IReadOnlyList<RentSite> sites, long rents, RunEvidence evidence)
    {
        long? bytes = sites.Max(site => BytesOf(site, evidence));
        if (bytes is null)
            return Verdict.Unknown("The recording does not tell what the arrays hold, so neither their bytes.");
        if (bytes + ArrayHeaderBytes < LargeObjectBytes)
        {
            return Verdict.Unknown(
                "The arrays handed out are no large objects, and the recording does not tell how much of them was asked for.");
        }

        long made = sites.Sum(site => site.Misses);
        double ratio = (double)made / rents;
        return new Verdict(
            ratio > MostMisses ? VerdictKind.Confirmed : VerdictKind.Refuted,
            $"{Numbers.Count(rents)} arrays of {Numbers.Count(bytes.Value)} bytes were rented here, on the large-object heap; "
                + $"{Numbers.Count(made)} of them were new.",
            new Dictionary<string, double>(StringComparer.Ordinal),
            new Dictionary<string, double>(StringComparer.Ordinal)
            {
                ["rented"] = rents,
                ["made"] = made,
                ["missRatio"] = ratio,
                ["arrayBytes"] = bytes.Value,
            });
    }

    private static long? BytesOf(RentSite site, RunEvidence evidence) => evidence.Run.Pools
        .FirstOrDefault(pool => pool.PoolId == site.PoolId && pool.Length == site.Length)?.BytesOf(1);
}
