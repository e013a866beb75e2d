using System.Collections.Generic;
using System.Collections.Immutable;
using System.Globalization;
using System.Linq;
using FragGuard.Simulation.Workloads;
using Microsoft.CodeAnalysis;

namespace FragGuard.Analyzers.Patterns;

/// <summary>A place in the source that asks an allocator for bytes, and how many.</summary>
/// <param name="Operation">The request.</param>
/// <param name="Bytes">Unknown where the source does not bound it on both sides.</param>
internal sealed record SizedSite(IOperation Operation, IntervalSet Bytes)
{
    public Location Location => Operation.Syntax.GetLocation();
}

/// <summary>The places that ask one allocator, in source order, and what they say together about the sizes.</summary>
internal sealed class SizedSites
{
    private readonly ImmutableArray<SizedSite> _known;

    public SizedSites(IEnumerable<SizedSite> sites)
    {
        List<SizedSite> all = [.. sites];
        all.Sort(BySource);
        List<SizedSite> known = [];
        foreach (SizedSite site in all)
        {
            if (site.Bytes.IsKnown && !site.Bytes.IsNothing && site.Bytes.Min >= 0)
                known.Add(site);
        }

        All = [.. all];
        _known = [.. known];
    }

    public ImmutableArray<SizedSite> All { get; }

    public ImmutableArray<SizedSite> Known => _known;

    public int Unknown => All.Length - _known.Length;

    public long MinBytes => _known.Min(site => site.Bytes.Min);

    public long MaxBytes => _known.Max(site => site.Bytes.Max);

    /// <summary>Largest over smallest; 0 when nothing is known.</summary>
    public double Ratio => _known.IsEmpty ? 0 : MaxBytes / (double)System.Math.Max(1, MinBytes);

    /// <summary>Every site with known sizes weighs the same; one with several sizes shares its weight out.</summary>
    public ImmutableArray<SizeMixPart> Parts => _known
        .SelectMany(site => site.Bytes.Parts, (site, part) => new SizeMixPart(
            System.Math.Max(part.Min, 1), System.Math.Max(part.Max, 1), 1.0 / site.Bytes.Parts.Count))
        .GroupBy(part => (part.MinBytes, part.MaxBytes))
        .Select(same => new SizeMixPart(same.Key.MinBytes, same.Key.MaxBytes, same.Sum(part => part.Weight)))
        .OrderBy(part => part.MinBytes)
        .ThenBy(part => part.MaxBytes)
        .ToImmutableArray();

    /// <summary>Empty, or a sentence about the sites that were not simulated.</summary>
    public string UnknownText => Unknown == 0
        ? ""
        : string.Format(
            CultureInfo.InvariantCulture, " Not simulated: {0} of {1} places, whose sizes are unknown.", Unknown, All.Length);

    /// <summary>All sites as <c>file:line</c>, lines 1-based.</summary>
    public string Text => string.Join(";", All.Select(site =>
    {
        FileLinePositionSpan span = site.Location.GetMappedLineSpan();
        return string.Format(CultureInfo.InvariantCulture, "{0}:{1}", span.Path, span.StartLinePosition.Line + 1);
    }));

    /// <summary>Those besides the one that is reported.</summary>
    public IEnumerable<Location> Others(IOperation reported) =>
        All.Where(site => site.Operation.Syntax != reported.Syntax).Select(site => site.Location);

    private static int BySource(SizedSite left, SizedSite right)
    {
        SyntaxNode one = left.Operation.Syntax;
        SyntaxNode other = right.Operation.Syntax;
        int order = string.CompareOrdinal(one.SyntaxTree.FilePath, other.SyntaxTree.FilePath);
        return order != 0 ? order : one.SpanStart.CompareTo(other.SpanStart);
    }
}
