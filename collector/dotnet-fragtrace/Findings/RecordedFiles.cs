using System;
using System.Collections.Generic;
using System.Linq;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Reports;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Findings;

/// <summary>
/// The source files that a recording names, found for the names that a build gave them. A build elsewhere has other roots:
/// then the file with the longest common ending is the same one, if it has at least a folder in common and no other
/// file ends so.
/// </summary>
internal sealed class RecordedFiles
{
    private const int LeastSegments = 2;

    private readonly ILookup<string, string> _byName;
    private readonly Dictionary<string, string> _mapped = new(StringComparer.Ordinal);

    public RecordedFiles(IEnumerable<string> files)
    {
        string[] distinct = [.. files.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        Any = distinct.Length > 0;
        _byName = distinct.ToLookup(NameOf, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Whether the recording names source files at all.</summary>
    public bool Any { get; }

    /// <summary>Files of findings that stand for a recorded file of another path, so far.</summary>
    public IReadOnlyList<MappedFile> Mapped =>
        [.. _mapped.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new MappedFile(pair.Key, pair.Value))];

    public static RecordedFiles Of(RecordedRun run) => new(
        run.RentSites.Select(site => site.Site)
            .Concat(run.Caches.SelectMany(cache => cache.Sites).Select(site => site.Site))
            .Concat(run.LargeObjects.Trace.Sites)
            .Concat(run.Heap.Sites)
            .Concat(run.Heap.Pins.Select(pin => pin.Site).OfType<AllocationSite>())
            .Concat(run.RentCallers.Select(site => site.Site))
            .Concat(run.ReturnSites.Select(site => site.Site))
            .Concat(run.ReturnCallers.Select(site => site.Site))
            .Select(site => site.File)
            .OfType<string>());

    /// <summary>The finding with recorded names for its files; or why there are several for its own.</summary>
    public (Finding Finding, string? WhyNot) Map(Finding finding)
    {
        IReadOnlyList<string> own = Find(finding.File);
        if (own.Count > 1)
            return (finding, $"Several recorded files end as {finding.File} does, such as {own[0]} and {own[1]}.");

        Dictionary<string, string> properties = new(finding.Properties, StringComparer.Ordinal);
        if (properties.TryGetValue(FindingProperties.PutSites, out string? sites))
        {
            properties[FindingProperties.PutSites] = string.Join(';', SourcePlace.ParseAll(sites)
                .Select(place => FormattableString.Invariant($"{NameFor(place.File)}:{place.Line}")));
        }

        string file = NameFor(finding.File);
        if (!string.Equals(file, finding.File, StringComparison.Ordinal))
            _mapped[finding.File] = file;
        return (
            finding with
            {
                File = file,
                Properties = properties,
                Related = [.. finding.Related.Select(place => place with { File = NameFor(place.File) })],
            },
            null);
    }

    private string NameFor(string file) => Find(file) is [var only] ? only : file;

    /// <summary>None, the one, or those that fit equally well.</summary>
    private IReadOnlyList<string> Find(string file)
    {
        string[] candidates = [.. _byName[NameOf(file)]];
        if (candidates.Contains(file, StringComparer.Ordinal))
            return [file];
        SourcePlace place = new(file, 0);
        var fitting = candidates
            .Select(candidate => (File: candidate, Common: place.CommonTail(candidate)))
            .Where(pair => pair.Common >= LeastSegments || (pair.Common > 0 && place.IsInFileOf(new SourcePlace(pair.File, 0))))
            .ToArray();
        int most = fitting.Select(pair => pair.Common).DefaultIfEmpty().Max();
        return [.. fitting.Where(pair => pair.Common == most).Select(pair => pair.File)];
    }

    private static string NameOf(string file) => SourcePlace.Segments(file) is [.., var name] ? name : "";
}
