using System.Collections.Generic;
using FragGuard.FragTrace.Reports.Pages;

namespace FragGuard.FragTrace.Reports;

/// <summary>What a recording holds, as sections.</summary>
internal static class KernelRecordingPage
{
    public static IEnumerable<PageSection> Sections(KernelRecordingRow recording) => [];

    public static IEnumerable<string> Honesty(KernelRecordingRow recording) => [];
}
