using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// FG3001 and FG3002: confirmed when enough large objects were born at the code the finding speaks of. The bytes are what makes the GC
/// collect the whole heap, so they are held against all large-object bytes of the run.
/// </summary>
/// <param name="leastBirths">Large objects from which it matters.</param>
/// <param name="isByLoop">Whether they are born in the loop that the finding names beside its line, rather than at the line.</param>
internal sealed class LargeObjectJudge(string rule, int leastBirths, bool isByLoop) : IJudge
{
    private const double LeastShare = 0.01;
    private const double LeastCoverage = 0.9;

    public string Rule => rule;

    public bool RestsOnLifetimes => true;

    public Verdict Judge(Finding finding, RunEvidence evidence)
    {
        LargeBirthSite[] sites = [.. SitesOf(finding, evidence.Births)];
        long births = sites.Sum(site => site.Births);
        if (births == 0)
            return Without(evidence);

        long bytes = sites.Sum(site => site.Bytes);
        double share = (double)bytes / evidence.Births.Bytes;
        long fullGcs = evidence.Run.CollectionTotals.FullGcs;
        Dictionary<string, double> measured = new(StringComparer.Ordinal)
        {
            ["births"] = births,
            ["birthBytes"] = bytes,
            ["deaths"] = sites.Sum(site => site.Deaths),
            ["largeObjectShare"] = share,
            ["fullGcs"] = fullGcs,
        };
        if (fullGcs > 0)
            measured["birthsPerFullGc"] = (double)births / fullGcs;
        string sentence = $"{Numbers.Count(births)} large objects of {Numbers.Megabytes(bytes)} were born here, {Numbers.Percent(share)} of "
            + $"all large-object bytes, over {Numbers.Count(fullGcs)} full GCs.{Siteless(evidence.Births)}";
        return new Verdict(
            Decide(births, share, evidence.Births), sentence, new Dictionary<string, double>(StringComparer.Ordinal), measured)
        {
            Exercised = births,
        };
    }

    /// <summary>What has no site may have been born here as well.</summary>
    private VerdictKind Decide(long births, double share, LargeBirths all)
    {
        if (births >= leastBirths && share >= LeastShare)
            return VerdictKind.Confirmed;
        double most = share + ((double)all.SitelessBytes / all.Bytes);
        return births + all.SitelessBirths >= leastBirths && most >= LeastShare ? VerdictKind.Unknown : VerdictKind.Refuted;
    }

    private static string Siteless(LargeBirths all) => all.SitelessBirths == 0
        ? string.Empty
        : $" Of {Numbers.Count(all.SitelessBirths)} more of {Numbers.Megabytes(all.SitelessBytes)} nobody knows who made them.";

    private IReadOnlyList<LargeBirthSite> SitesOf(Finding finding, LargeBirths births)
    {
        SourcePlace line = new(finding.File, finding.Line);
        if (!isByLoop || finding.Related is not [var loop, ..])
            return births.At(line);
        return
        [
            .. births.Sites.Where(one => one.Site is { File: { } file, Line: > 0 } && loop.Holds(new SourcePlace(file, one.Site.Line)))
                .Concat(line.MatchMethod(births.Sites, one => one.Site)),
        ];
    }

    private static Verdict Without(RunEvidence evidence)
    {
        if (evidence.Run.CollectionTotals.Gcs == 0 || (evidence.Run.LargeObjects.Births == 0 && !TellsBirths(evidence.Run)))
            return Verdict.Unknown("The recording names no large objects; --profile run records them.");
        if (evidence.Run.LargeObjects.Births == 0)
            return Verdict.NotExercised("No large object was allocated during the run.");
        if (evidence.Births.Sites.Any(one => JudgeWords.IsMadeAtRunTime(one.Site)))
        {
            return Verdict.Unknown(
                "No large object was allocated here, but some by code made at run time, which has no lines: short methods that it calls "
                + "may have become part of it.");
        }

        // Some bytes always lack a site: of objects under 100 KiB half are told by their size only.
        double coverage = evidence.Run.LargeObjects.Coverage * (1 - ((double)evidence.Births.SitelessBytes / evidence.Births.Bytes));
        return coverage < LeastCoverage
            ? Verdict.Unknown($"Only {Numbers.Percent(coverage)} of the large-object bytes were told with their site, none of them here.")
            : JudgeWords.NothingHere(evidence, "Large objects were allocated, but none here.");
    }

    /// <summary>
    /// Whether large objects would be named. They are by the ticks of allocation, which the runtime sends at the level that tells of
    /// pinned objects also, and not beside events that draw allocations.
    /// </summary>
    private static bool TellsBirths(RecordedRun run) => run.LargeObjects.AllocatedBytes == 0
        && (run.Heap.Samples == SampleKind.Ticks || (run.Heap.Samples == SampleKind.None && run.Heap.HasPins));
}
