using System;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The answers on lifetimes, kept as <see cref="CacheForecasts"/> keeps those on sizes.</summary>
internal sealed class LifetimeForecasts
{
    private const int MostKept = 256;

    private readonly Func<LifetimeMix, CachePlace, LifetimeAdvice?> _advise;
    private readonly ConcurrentDictionary<string, LifetimeAdvice?> _kept = new(StringComparer.Ordinal);

    public LifetimeForecasts(Func<LifetimeMix, CachePlace, LifetimeAdvice?> advise) => _advise = advise;

    /// <summary>Null when there is nothing to split, or the place is not one that can be simulated.</summary>
    public LifetimeAdvice? Of(LifetimeMix mix, CachePlace place)
    {
        string parts = string.Join(";", mix.Parts.Select(part => string.Format(
            CultureInfo.InvariantCulture, "{0}-{1}*{2:R}/{3:R}", part.MinBytes, part.MaxBytes, part.Weight, part.Lifetime)));
        string key = string.Format(CultureInfo.InvariantCulture, "{0}|{1}|{2}", parts, place.Model, place.ZoneBytes);
        if (_kept.Count > MostKept)
            _kept.Clear();
        return _kept.GetOrAdd(key, _ => Ask(mix, place));
    }

    private LifetimeAdvice? Ask(LifetimeMix mix, CachePlace place)
    {
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
