using System.Collections.Generic;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Reports;

/// <summary>Sites as a person reads them.</summary>
internal static class SiteTexts
{
    private const string NoMethod = "(unknown)";

    /// <summary>Type, method and line as far as known; null when nothing is.</summary>
    public static string? Of(int number, IReadOnlyList<AllocationSite> sites) =>
        number < 0 || number >= sites.Count ? null : Of(sites[number]);

    public static string? Of(AllocationSite? site)
    {
        if (site is null)
            return null;

        string name = string.Equals(site.Name, NoMethod, System.StringComparison.Ordinal) ? string.Empty : site.Name;
        string place = site.File is { Length: > 0 } ? $" {SourceNames.Of(site.File, site.Line)}" : string.Empty;
        string text = $"{site.Type} {name}{place}".Trim();
        return text.Length == 0 ? null : text;
    }
}
