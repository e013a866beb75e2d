using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FragGuard.Analyzers.Patterns;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Rules.SharedCaches;

/// <summary>The put sites of one cache in source order, and what they say together about the sizes of its entries.</summary>
internal sealed class CacheEntrySizes
{
    /// <summary>Enough for the heap to settle, and few enough for a simulation of less than 2 ms.</summary>
    private const int Replacements = 4_800;

    private readonly ImmutableArray<CachePutSite> _known;

    public CacheEntrySizes(ISymbol cache, IEnumerable<CachePutSite> sites)
    {
        Cache = cache;
        Sites = sites.ToImmutableArray();
        _known = Sites.Where(site => site.Bytes.IsKnown).ToImmutableArray();
    }

    public ISymbol Cache { get; }

    public ImmutableArray<CachePutSite> Sites { get; }

    public bool AnyKnown => !_known.IsEmpty;

    public int Unknown => Sites.Length - _known.Length;

    public CachePutSite FirstKnown => _known[0];

    public long MinBytes => _known.Min(site => site.Bytes.Min);

    public long MaxBytes => _known.Max(site => site.Bytes.Max);

    /// <summary>Largest over smallest of the entries that hold at least so many bytes; 0 when there is none.</summary>
    public double RatioFrom(long leastBytes)
    {
        long min = _known
            .SelectMany(site => site.Bytes.Parts)
            .Where(part => part.Max >= leastBytes)
            .Select(part => Math.Max(part.Min, leastBytes))
            .DefaultIfEmpty(long.MaxValue)
            .Min();
        return min > MaxBytes ? 0 : MaxBytes / (double)min;
    }

    /// <summary>Every put site with known sizes weighs the same; one with several sizes shares its weight out.</summary>
    public SizeMix Mix(int entries) => new(
        _known
            .SelectMany(site => site.Bytes.Parts, (site, part) =>
                new SizeMixPart(Math.Max(part.Min, 1), Math.Max(part.Max, 1), 1.0 / site.Bytes.Parts.Count))
            .GroupBy(part => (part.MinBytes, part.MaxBytes))
            .Select(same => new SizeMixPart(same.Key.MinBytes, same.Key.MaxBytes, same.Sum(part => part.Weight)))
            .OrderBy(part => part.MinBytes)
            .ThenBy(part => part.MaxBytes)
            .ToArray(),
        entries,
        Replacements);

    /// <summary>
    /// What remains of the entries that hold at least so many bytes, where their keys are more than one; null without such.
    /// </summary>
    public CacheEntrySizes? From(long leastBytes)
    {
        CachePutSite[] large = [.. _known
            .Where(site => site.Bytes.Parts.Any(part => part.Max >= leastBytes) && !site.HasOneKey)
            .Select(site => site with
            {
                Bytes = IntervalSet.Of(site.Bytes.Parts.Where(part => part.Max >= leastBytes).Select(part => new Interval(Math.Max(part.Min, leastBytes), part.Max))),
            })];
        return large.Length == 0 ? null : new CacheEntrySizes(Cache, large);
    }

    /// <summary>All sites as <c>file:line</c>, lines 1-based.</summary>
    public string SitesText => string.Join(";", Sites.Select(site =>
    {
        FileLinePositionSpan span = site.Location.GetMappedLineSpan();
        return string.Format(CultureInfo.InvariantCulture, "{0}:{1}", span.Path, span.StartLinePosition.Line + 1);
    }));
}
