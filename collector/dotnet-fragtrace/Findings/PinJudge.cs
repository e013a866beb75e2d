using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Heaps;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// FG3003 and FG3004: confirmed when GCs found objects pinned that the finding's method allocates, and holes beside them as large as
/// they are; refuted when such objects died instead. Only objects that were sampled at birth have a site: the runtime tells of handles
/// without the code that makes them.
/// </summary>
/// <param name="isOfItsOwn">
/// Whether the rule speaks only of arrays that the code around its places allocates, rather than of any object it is given.
/// </param>
internal sealed class PinJudge(string rule, bool isOfItsOwn) : IJudge
{
    private const int LeastGcs = 3;
    private const int LeastSamples = 10;
    private const double MostDied = 0.5;

    public string Rule => rule;

    public bool RestsOnLifetimes => false;

    public Verdict Judge(Finding finding, RunEvidence evidence)
    {
        Verdict verdict = OfFigures(finding, evidence);
        long omitted = evidence.Run.Heap.OmittedPins;
        return omitted == 0 || verdict.Kind == VerdictKind.Confirmed
            ? verdict
            : Verdict.Unknown($"{Numbers.Count(omitted)} pinned objects are in no figure; they may be its own.");
    }

    private Verdict OfFigures(Finding finding, RunEvidence evidence)
    {
        HeapHistory heap = evidence.Run.Heap;
        PinUse[] here = [.. heap.Pins.Where(pin => pin.Site is { } site && IsOwn(site, finding))];
        if (here.Length > 0)
            return OfPinned(here);
        if (!heap.HasPins)
            return Verdict.Unknown("No GC told of a pinned object; --profile full records them.");
        SampledLives born = SampledLives.Where(heap, site => IsOwn(site, finding));
        return OfBorn(born, evidence) ?? OfNone(born, evidence);
    }

    private static Verdict OfPinned(PinUse[] here)
    {
        long gcs = here.Max(pin => pin.Gcs);
        double bytes = here.Sum(pin => (double)pin.PinnedBytes / Math.Max(1, pin.Gcs));
        double holes = here.Sum(pin => pin.MeanHoleBytes);
        string sentence = $"{Numbers.Count(gcs)} {(gcs == 1 ? "GC" : "GCs")} found objects of this code pinned, {Numbers.Count((long)bytes)} bytes in the mean, "
            + $"with {Numbers.Count((long)holes)} free bytes right beside them.";
        Dictionary<string, double> measured = new(StringComparer.Ordinal)
        {
            ["pinnedGcs"] = gcs,
            ["pinnedBytes"] = bytes,
            ["pinHoleBytes"] = holes,
        };
        if (gcs < LeastGcs)
            return Verdict.Unknown($"{sentence} {LeastGcs} GCs are needed to call it lasting.") with { Exercised = gcs, Measured = measured };
        return new Verdict(
            holes >= bytes ? VerdictKind.Confirmed : VerdictKind.Refuted,
            sentence,
            new Dictionary<string, double>(StringComparer.Ordinal),
            measured) { Exercised = gcs };
    }

    /// <summary>Objects that die are not pinned for long; null where too few are known.</summary>
    private static Verdict? OfBorn(SampledLives born, RunEvidence evidence)
    {
        if (born.Samples < LeastSamples || born.DiedShare < MostDied || evidence.Run.CollectionTotals.Gcs < LeastGcs)
            return null;
        return new Verdict(
            VerdictKind.Refuted,
            $"Of {Numbers.Count(born.Samples)} sampled objects of this code GCs found none pinned and {Numbers.Percent(born.DiedShare)} dead.",
            new Dictionary<string, double>(StringComparer.Ordinal),
            new Dictionary<string, double>(StringComparer.Ordinal) { ["samples"] = born.Samples, ["diedShare"] = born.DiedShare })
        {
            Exercised = born.Samples,
        };
    }

    private Verdict OfNone(SampledLives born, RunEvidence evidence)
    {
        IReadOnlyList<PinUse> pins = evidence.Run.Heap.Pins;
        long unnamed = pins.Where(pin => pin.Site is null).Sum(pin => pin.Pins);
        if (unnamed > 0)
            return Verdict.Unknown($"{Numbers.Count(unnamed)} pinned objects were found whose allocation was not sampled; they may be its own.");
        if (born.Samples > 0)
            return Verdict.Unknown("Objects of this code were sampled and none was found pinned, but too few of them died.");
        return isOfItsOwn || pins.Count == 0
            ? JudgeWords.NothingHere(evidence, "GCs found pinned objects, but none that is allocated here.")
            : Verdict.Unknown("GCs found pinned objects that other code allocates; the handle may hold one of these.");
    }

    /// <summary>At the places of the finding, or in the method around it: an object is seldom made on the line that pins it.</summary>
    private static bool IsOwn(AllocationSite site, Finding finding)
    {
        if (site.File is null)
            return false;
        SourcePlace born = new(site.File, site.Line);
        if (finding.Related.Any(place => place.Holds(born)))
            return true;
        return new SourcePlace(finding.File, finding.Line).IsInFileOf(born)
            && (site.Line == finding.Line || (site.FirstLine <= finding.Line && finding.Line <= site.LastLine));
    }
}
