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
    /// Same file: equal paths, or one is the whole ending of the other, because a deterministic build maps the root of the
    /// paths in its symbols away.
    /// </summary>
    public bool IsInFileOf(SourcePlace other)
    {
        int mine = Segments(File).Length;
        int theirs = Segments(other.File).Length;
        return mine > 0 && theirs > 0 && CommonTail(other.File) == Math.Min(mine, theirs);
    }

    /// <summary>Folder and file names that both paths end with.</summary>
    internal int CommonTail(string other)
    {
        string[] mine = Segments(File);
        string[] theirs = Segments(other);
        StringComparison comparison = IsWindows(File) || IsWindows(other) ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        int common = 0;
        while (common < mine.Length && common < theirs.Length
            && string.Equals(mine[^(common + 1)], theirs[^(common + 1)], comparison))
        {
            common++;
        }

        return common;
    }

    /// <summary>The candidates on this line, or else those on the nearest line that may be of the same statement: not of another method.</summary>
    public IReadOnlyList<T> Match<T>(IEnumerable<T> candidates, Func<T, AllocationSite> siteOf)
    {
        SourcePlace wanted = this;
        var near = candidates
            .Select(candidate => (Candidate: candidate, Site: siteOf(candidate)))
            .Where(pair => pair.Site.Line > 0 && wanted.IsInFileOf(pair.Site))
            .Select(pair => (pair.Candidate, pair.Site, Distance: Math.Abs(pair.Site.Line - wanted.Line)))
            .Where(pair => pair.Distance == 0 || (pair.Distance <= StatementLines && wanted.MayBeInMethodOf(pair.Site)))
            .ToArray();
        if (near.Length == 0)
            return [];
        int least = near.Min(pair => pair.Distance);
        return near.Where(pair => pair.Distance == least).Select(pair => pair.Candidate).ToArray();
    }

    /// <summary>The candidates on this very line.</summary>
    public IReadOnlyList<T> MatchLine<T>(IEnumerable<T> candidates, Func<T, AllocationSite> siteOf)
    {
        SourcePlace wanted = this;
        return [.. candidates.Where(candidate => siteOf(candidate) is var site && site.Line == wanted.Line && wanted.IsInFileOf(site))];
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

    /// <summary>Reads <c>file:line;file:line</c>, as <see cref="Simulation.Advice.FindingProperties.PutSites"/> holds it.</summary>
    public static IEnumerable<SourcePlace> ParseAll(string text) => text
        .Split(';', StringSplitOptions.RemoveEmptyEntries).Select(Parse).OfType<SourcePlace>();

    // Caches tell the lines of their callers, but not those of the methods around them.
    private bool MayBeInMethodOf(AllocationSite site) => site.LastLine == 0 || (site.FirstLine <= Line && Line <= site.LastLine);

    private bool IsInFileOf(AllocationSite site) =>
        site.File is not null && IsInFileOf(new SourcePlace(site.File, site.Line));

    /// <summary>Without the sign that stands for a root which the build mapped away: <c>/_</c>, <c>/_1</c> and so on.</summary>
    internal static string[] Segments(string file)
    {
        string[] segments = file.Split([Path.DirectorySeparatorChar, '/', '\\'], StringSplitOptions.RemoveEmptyEntries);
        return segments.Length > 1 && file.StartsWith("/_", StringComparison.Ordinal)
            && segments[0].AsSpan(1).IndexOfAnyExceptInRange('0', '9') < 0
                ? segments[1..]
                : segments;
    }

    private static bool IsWindows(string file) => file.Contains('\\', StringComparison.Ordinal) || (file.Length > 1 && file[1] == ':');
}
