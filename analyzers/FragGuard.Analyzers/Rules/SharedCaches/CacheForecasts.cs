using System;
using System.Globalization;
using FragGuard.Analyzers.Patterns;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The advisor's answers on sizes, kept.</summary>
internal sealed class CacheForecasts
{
    private readonly Func<SizeMix, CachePlace, CacheAdvice> _advise;
    private readonly KeptAnswers<CacheAdvice> _kept = new();

    public CacheForecasts(Func<SizeMix, CachePlace, CacheAdvice> advise) => _advise = advise;

    public static CacheAdvice Simulate(SizeMix mix, CachePlace place) => place.IsGcHeap
        ? CacheAdvisor.OnGcHeap(mix, place.Heap)
        : CacheAdvisor.InZone(mix, place.Model, place.ZoneBytes);

    /// <summary>Null when the place is not one that can be simulated, such as a model nobody knows.</summary>
    public CacheAdvice? Of(SizeMix mix, CachePlace place)
    {
        string key = string.Format(
            CultureInfo.InvariantCulture,
            "{0}|{1}|{2}|{3}|{4}",
            SizeMixText.Write(mix.Parts), mix.Entries, place.Model, place.ZoneBytes, place.Heap);
        return _kept.Of(key, () => place.IsGcHeap || place.ZoneBytes > 0 ? _advise(mix, place) : null);
    }
}
