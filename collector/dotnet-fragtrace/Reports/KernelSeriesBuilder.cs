using System.Linq;
using FragGuard.Inspection.Kernel;

namespace FragGuard.FragTrace.Reports;

/// <summary>Makes the rows of a watch.</summary>
internal static class KernelSeriesBuilder
{
    public static KernelSeriesRow Build(KernelSeries series, long pageBytes) => new(
        series.Looks, series.Last?.At.TotalMilliseconds ?? 0,
        [.. series.Samples.Select(sample => Row(sample, pageBytes))],
        [.. series.Recoveries.Select(recovery => Row(recovery, pageBytes))],
        [.. series.Steps.Select(Row)]);

    public static KernelRecoveryRow Row(KernelRecovery recovery, long pageBytes) => new(
        recovery.At.TotalMilliseconds, recovery.Order, recovery.FromPages * pageBytes, recovery.ToPages * pageBytes,
        KernelReportBuilder.Name(recovery.Cause));

    public static KernelSlabStepRow Row(SlabStep step) => new(
        step.From.TotalMilliseconds, step.To.TotalMilliseconds, step.GrownBytes,
        step.Suspects?.Select(suspect => new KernelSuspectRow(suspect.Name, suspect.GrownBytes, suspect.GrownObjects)).ToArray());

    public static KernelSampleRow Row(KernelSample sample, long pageBytes) => new(
        sample.At.TotalMilliseconds, [.. sample.UsablePages.Select(pages => pages * pageBytes)], sample.SlabBytes,
        sample.CompactStalls, sample.DirectReclaims);
}
