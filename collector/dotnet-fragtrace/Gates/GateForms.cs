using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.FragTrace.Reports;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Gates;

/// <summary>The forms of a gate's answer: JSON, the forms of a page that have its tables, and annotations for GitHub.</summary>
internal static class GateForms
{
    public const string GitHub = "github";

    /// <summary>Pictures: a gate draws none.</summary>
    private static readonly string[] Left = ["png", "svg"];

    /// <summary>Name and file extension, with the dot.</summary>
    public static IEnumerable<(string Name, string Extension)> All =>
        ResultForms.All.Where(static form => !Left.Contains(form.Name, StringComparer.Ordinal)).Append((GitHub, ".github"));

    public static ResultForms<GateReport> Of(GateReport report) =>
        new(report, ReportJson.Default.GateReport, () => GatePage.Of(report))
        {
            Others = new Dictionary<string, Action<TextWriter>>(StringComparer.Ordinal)
            {
                [GitHub] = output => GitHubAnnotations.Write(report, output),
            },
        };

    public static ResultForms<MetricListing> Of(MetricListing listing) => new(listing, ReportJson.Default.MetricListing, listing.ToPage);
}
