using System.Collections.Generic;
using System.Linq;

namespace FragGuard.FragTrace.Reports;

/// <summary>How far to trust a report of the kernel.</summary>
internal static class KernelHonesty
{
    public static IEnumerable<string> Of(KernelReport report)
    {
        if (report.Recording is { } recording)
        {
            foreach (string sentence in KernelRecordingPage.Honesty(recording))
                yield return sentence;
        }

        if (report.Gaps.Count > 0)
            yield return $"{(report.Gaps.Count == 1 ? "1 file" : $"{Amounts.Count(report.Gaps.Count)} files")} could not be read; see \"Not read\".";
        yield return report.Release is null
            ? "Read from saved files: how they belong together in time is not known."
            : "Measured by the kernel. Each file was read at its own instant, and counts move in between; nothing was written to.";
        if (!report.IsPageSizeKnown)
            yield return "The page size is assumed: the saved files do not give it away, or contradict each other.";
        if (report.Zones.Count > 0)
        {
            yield return "The indices are computed by the kernel's own integer formulas from its free blocks; pages on per-CPU lists count as used, as they do there.";
            if (report.IndexCheck is { } check)
                yield return Check(check);
        }

        if (report.Slabs is not null)
            yield return "Slab waste is a lower bound: the kernel counts objects on per-CPU lists as in use.";
        if (report.Zones.Any(zone => zone.Outlook is not "allServed"))
            yield return "The outlooks are rules of thumb from experience, no prediction: reclaim and compaction may make a block in time.";
    }

    private static string Check(KernelIndexCheck check) => check.Different == 0
        ? $"All {Amounts.Count(check.Compared)} indices equal those the kernel prints in debugfs."
        : $"{Amounts.Count(check.Compared - check.Different)} of {Amounts.Count(check.Compared)} indices equal those the kernel printed a moment later in debugfs; the others moved in between.";
}
