using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Findings;

/// <summary>A line of a source file, as the compiler or a symbol file names it.</summary>
/// <param name="Line">1-based.</param>
public readonly record struct SourcePlace(string File, int Line)
{
    /// <summary>
    /// Lines by which the place of a call and the start of its statement may differ: the compiler reports the one, symbol
    /// files the other.
    /// </summary>
    private const int StatementLines = 3;

    /// <summary>
    /// Same file: equal paths, or equal endings of at least the file name, because a deterministic build maps the root of
    /// the paths in its symbols away.
    /// </summary>
    public bool IsInFileOf(SourcePlace other)
    {
        string[] mine = Split(File);
        string[] theirs = Split(other.File);
        if (mine.Length == 0 || theirs.Length == 0)
            return false;
        int common = 0;
        while (common < mine.Length && common < theirs.Length
            && string.Equals(mine[^(common + 1)], theirs[^(common + 1)], StringComparison.Ordinal))
        {
            common++;
        }

        return common == mine.Length || common == theirs.Length || (common > 0 && (IsMapped(File) || IsMapped(other.File)));
    }

    /// <summary>The candidates on this line, or else those on the nearest line of the same statement.</summary>
    public IReadOnlyList<T> Match<T>(IEnumerable<T> candidates, Func<T, AllocationSite> siteOf)
    {
        SourcePlace wanted = this;
        var near = candidates
            .Select(candidate => (Candidate: candidate, Site: siteOf(candidate)))
            .Where(pair => pair.Site.Line > 0 && wanted.IsInFileOf(pair.Site))
            .Select(pair => (pair.Candidate, Distance: Math.Abs(pair.Site.Line - wanted.Line)))
            .Where(pair => pair.Distance <= StatementLines)
            .ToArray();
        if (near.Length == 0)
            return [];
        int least = near.Min(pair => pair.Distance);
        return near.Where(pair => pair.Distance == least).Select(pair => pair.Candidate).ToArray();
    }

    /// <summary>The candidates in the method around this line whose own line the optimized code no longer tells.</summary>
    public IEnumerable<T> MatchMethod<T>(IEnumerable<T> candidates, Func<T, AllocationSite> siteOf)
    {
        SourcePlace wanted = this;
        return candidates.Where(candidate => siteOf(candidate) is { Line: 0 } site
            && site.FirstLine <= wanted.Line && wanted.Line <= site.LastLine && wanted.IsInFileOf(site));
    }

    /// <summary>Reads <c>file:line</c>; null when it is not of that form.</summary>
    public static SourcePlace? Parse(string text)
    {
        int colon = text.LastIndexOf(':');
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int line)
            ? new SourcePlace(text[..colon], line)
            : null;
    }

    private bool IsInFileOf(AllocationSite site) =>
        site.File is not null && IsInFileOf(new SourcePlace(site.File, site.Line));

    private static bool IsMapped(string file) => file.StartsWith("/_", StringComparison.Ordinal);

    private static string[] Split(string file) =>
        file.Split([Path.DirectorySeparatorChar, '/', '\\'], StringSplitOptions.RemoveEmptyEntries);
}
