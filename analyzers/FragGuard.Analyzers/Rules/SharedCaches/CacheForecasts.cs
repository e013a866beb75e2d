using System;
using System.Collections.Concurrent;
using System.Globalization;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The advisor's answers, kept: an edit in the IDE that leaves the sizes alone simulates nothing.</summary>
internal sealed class CacheForecasts
{
    private const int MostKept = 256;

    private readonly Func<SizeMix, CachePlace, CacheAdvice> _advise;
    private readonly ConcurrentDictionary<string, CacheAdvice?> _kept = new(StringComparer.Ordinal);

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
        if (_kept.Count > MostKept)
            _kept.Clear();
        return _kept.GetOrAdd(key, _ => Ask(mix, place));
    }

    private CacheAdvice? Ask(SizeMix mix, CachePlace place)
    {
        if (!place.IsGcHeap && place.ZoneBytes <= 0)
            return null;
        try
        {
            return _advise(mix, place);
        }
        catch (Exception e) when (e is ModelSettingException or ArgumentException)
        {
            return null;
        }
    }
}
