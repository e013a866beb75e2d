using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using FragGuard.Collector.Caches;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Recordings;
using FragGuard.FragTrace.Findings;
using FragGuard.Simulation.Advice;
using FragGuard.Simulation.Traces;
using FragGuard.Simulation.Workloads;

namespace FragGuard.FragTrace.Reports;

/// <summary>Joins a recording and the findings of its build into one report.</summary>
internal static class RunReportBuilder
{
    private const int LargeObjects = 3;

    /// <param name="project">Name of the program, when <c>run</c> built or found it.</param>
    /// <param name="exitCode">The target's own exit code, when it is known.</param>
    /// <param name="limits">From where on findings are not judged; the defaults when null.</param>
    public static RunReport Build(
        RecordedRun run, IReadOnlyList<Finding> findings, string recordingFile, string? project, int? exitCode,
        JudgeLimits? limits = null)
    {
        HeapSummary heap = SteadyState.Summarize(run.Collections, run.CollectionTotals);
        RunEvidence evidence = new(run, heap) { Limits = limits ?? JudgeLimits.Default };
        IReadOnlyList<ReportedFinding> judged = ReportedFindings.Judged(findings, evidence);
        HeapSnapshot? worst = run.Heap.WorstOf(LargeObjects);
        return new RunReport
        {
            Target = TargetOf(run, project, exitCode),
            Quality = QualityOf(run, evidence, recordingFile),
            Heap = heap,
            HeapDetail = HeapDetailBuilder.Build(run),
            Findings = judged,
            Predictions = judged.Count == 0 ? null : PredictionSummary.Of(judged),
            Caches = run.Caches.Select(Row).ToArray(),
            Pools = run.Pools.Select(PoolRows.Of).ToArray(),
            Streams = StreamRows.Of(run.Streams),
            MemoryPools = run.MemoryPools.Select(StreamRows.Of).ToArray(),
            Replay = LohReplay.Run(run),
            Gap = LargeObjectGap.Of(run.LargeObjects),
            WhatIf = WhatIf(run, heap),
            Timeline = run.Collections.Where(gc => gc.IsComplete).Select(Moment).ToArray(),
            WorstMoment = worst is null ? null : Map(worst, run.Heap.Sites),
            SizeDistribution = worst is null ? [] : SizeDistributions.Of(worst.Generations[0].Layout),
            Tracks = TrackBuilder.Of(run.Heap),
            Holders = HolderBuilder.Of(run),
            Allocations = AllocationReportBuilder.Of(run.Heap),
        };
    }

    internal static RunTarget TargetOf(RecordedRun run, string? project, int? exitCode) => new(
        project,
        run.Target.CommandLine.Length > 0 ? run.Target.CommandLine : project ?? string.Empty,
        run.Target.ProcessId,
        RunWords.Runtime(run.Target),
        run.DurationMs,
        exitCode);

    internal static TraceQuality QualityOf(RecordedRun run, RunEvidence evidence, string recordingFile) => new(
        run.EventsRead, run.EventsLost, evidence.LostRatio, run.LargeObjects.UnknownLifetimeRatio,
        run.IsTruncated, Path.GetFileName(recordingFile))
    {
        Damage = run.Damage,
        Omissions = run.Omissions,
    };

    private static CacheRow Row(CacheUse cache) => new(
        cache.Name, cache.Stored, cache.Removed, cache.LiveEntries, cache.PeakLiveBytes,
        cache.MinEntryBytes, cache.MaxEntryBytes);

    private static WhatIfRow[] WhatIf(RecordedRun run, HeapSummary heap)
    {
        SizeMix? mix = RecordedSizes.MixOf(run.LargeObjects.Trace, heap.LohLiveBytes);
        if (mix is null)
            return [];
        CacheAdvice advice = CacheAdvisor.OnGcHeap(mix, new GcHeapAssumptions(
            IsConcurrent: run.Collections.Any(gc => gc.Kind == GcKind.Background), KnowsEntries: true));
        CachePrediction written = advice.AsWritten;
        return advice.Remedies
            .Select(remedy => (remedy.Id, remedy.Advice, remedy.Prediction))
            .Prepend(("as-written", "leave the code as it is", written))
            .Select(row => new WhatIfRow(
                row.Item1,
                row.Item2,
                row.Item3.HeapBytes,
                row.Item3.Waste,
                written.HeapBytes == 0 ? 0 : ((double)row.Item3.HeapBytes / written.HeapBytes) - 1,
                string.Equals(row.Item1, advice.Best?.Id, StringComparison.Ordinal)))
            .ToArray();
    }

    private static HeapMoment Moment(RecordedGc gc) => new(
        gc.StartMs, gc.Number, gc.Generation, gc.Gen0.BytesAfter, gc.Gen1.BytesAfter, gc.Gen2.BytesAfter,
        gc.Loh.BytesAfter, gc.Poh.BytesAfter, gc.Loh.FreeBytesAfter)
    {
        Kind = GenerationNames.Of(gc.Kind),
        PauseMs = gc.PauseMs,
    };

    private static HeapMap Map(HeapSnapshot snapshot, IReadOnlyList<AllocationSite> sites) => new(
        $"Large-object heap after GC {snapshot.GcNumber}, the moment with most free bytes",
        snapshot.TimeMs,
        Measured: true,
        snapshot.Generations[0].Layout.Counters.CommittedBytes,
        snapshot.Generations[0].Layout.Extents.Select(extent => new MapExtent(
            extent.Extent.Start, extent.Extent.Bytes, MapExtents.Word(extent.Use), SiteTexts.Of(extent.Site, sites))).ToArray());
}
