using System.Collections.Generic;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>What a watch saw, as sections.</summary>
internal static class KernelSeriesPage
{
    public static IEnumerable<PageSection> Sections(KernelSeriesRow series) => [];
}
