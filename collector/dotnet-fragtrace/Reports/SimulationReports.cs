using System.Linq;
using FragGuard.FragTrace.CommandLine;
using FragGuard.FragTrace.Inputs;
using FragGuard.Simulation;
using FragGuard.Simulation.Heap;
using FragGuard.Simulation.Metrics;
using FragGuard.Simulation.Models;
using FragGuard.Simulation.Traces;

namespace FragGuard.FragTrace.Reports;

/// <summary>Plays a trace through one model and puts what it found into the form that is printed.</summary>
internal static class SimulationReports
{
    public static SimulationReport Run(
        OpenedTrace opened, ChosenModel chosen, Simulator.Observer? observer = null)
    {
        AllocationTrace trace = opened.Trace;
        AllocatorModelInfo model = chosen.Info;
        AnswerTally answers = new();
        LayoutSeries series = new();
        ReplayedGcs replayed = new();
        Simulator.Observer? counting = answers.Count;
        if (opened.Collections.Count > 0)
            counting += replayed.Observe;
        SimulationResult result = Simulator.Run(trace, model, chosen.Model, counting + observer, series);
        return new SimulationReport(
            result.Model,
            result.Operations,
            result.Refused,
            result.Evicted,
            result.FinalLayout.Extents.Count(extent => extent.Use == ExtentUse.Used),
            answers.Counts,
            Metrics(result.Metrics, result.Run),
            [.. result.FinalLayout.SizeClasses.Select(size =>
                new SizeClassRow(size.SlotBytes, size.Pages, size.Used, size.Free))],
            result.FinalLayout.Zone is { } zone
                ? new ZoneRow(zone.Bytes, zone.Pages, zone.FreePages, zone.LargestFreeRunPages)
                : null,
            SiteRow.Of(result.FinalLayout, trace.Sites),
            series.Peak is { } peak
                ? new PeakRow(series.PeakIndex, peak.Counters.CommittedBytes, SiteRow.Of(peak, trace.Sites))
                : null,
            [.. series.Samples.Select(sample => new SeriesRow(sample.Index, sample.Metrics))],
            model.Fidelity,
            model.Counting)
        {
            Layouts = SimulationLayouts.Of(series, result.FinalLayout, result.Operations, trace.Sites),
            Gap = opened.Gap,
            Validation = opened.Gap is null ? ModelValidation.Of(model.Name, replayed, opened.Collections) : null,
            Forecast = GcForecastReport.Of(model.Name, opened.Collections),
        };
    }

    private static SimulationMetrics Metrics(FragmentationMetrics layout, RunMetrics run) =>
        new(
            layout.Internal,
            layout.External,
            SeriesRow.UnusableOf(layout),
            layout.OverheadNow,
            run.OverheadAtPeak,
            run.OverheadMean,
            layout.Trapped,
            run.FailedWithSpace,
            layout.ResidentRatio,
            layout.LiveRequestedBytes,
            layout.GrantedBytes,
            layout.CommittedBytes,
            layout.ResidentBytes,
            layout.FreeBytes,
            layout.LargestFreeBytes,
            run.PeakLiveBytes,
            run.PeakCommittedBytes);
}
