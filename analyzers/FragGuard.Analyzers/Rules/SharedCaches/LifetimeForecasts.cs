using System;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Workloads;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The advisor's answers on lifetimes, kept.</summary>
internal sealed class LifetimeForecasts
{
    private readonly Func<LifetimeMix, CachePlace, LifetimeAdvice?> _advise;
    private readonly KeptAnswers<LifetimeAdvice> _kept = new();

    public LifetimeForecasts(Func<LifetimeMix, CachePlace, LifetimeAdvice?> advise) => _advise = advise;

    /// <summary>Null when there is nothing to split, or the place is not one that can be simulated.</summary>
    public LifetimeAdvice? Of(LifetimeMix mix, CachePlace place)
    {
        string parts = string.Join(";", mix.Parts.Select(part => string.Format(
            CultureInfo.InvariantCulture, "{0}-{1}*{2:R}/{3:R}", part.MinBytes, part.MaxBytes, part.Weight, part.Lifetime)));
        return _kept.Of(
            string.Format(CultureInfo.InvariantCulture, "{0}|{1}|{2}", parts, place.Model, place.ZoneBytes),
            () => _advise(mix, place));
    }
}
