using FragGuard.Collector.Heaps;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace FragGuard.Collector.Feeds;

/// <summary>GCs: when, why, how long, and what each generation measured before and after.</summary>
internal sealed class GcFeed
{
    /// <summary>GC.</summary>
    public const long Keywords = 0x1;

    private readonly GcLog _log;

    public GcFeed(ClrTraceEventParser runtime, GcLog log)
    {
        _log = log;
        runtime.GCSuspendEEStart += data => log.Suspended(data.TimeStampRelativeMSec, IsForGc(data.Reason));
        runtime.GCRestartEEStop += data => log.Resumed(data.TimeStampRelativeMSec);
        runtime.GCStart += data => log.Started(
            data.Count, data.Depth, KindOf(data.Type), data.Reason.ToString(), data.TimeStampRelativeMSec);
        runtime.GCStop += data => log.Stopped(data.ThreadID, data.Count, data.TimeStampRelativeMSec);
        runtime.GCGlobalHeapHistory += OnGlobalHistory;
        runtime.GCPerHeapHistory += OnHeapHistory;
        runtime.GCHeapStats += data => log.Promoted(
            data.ThreadID,
            data.TotalPromotedSize0 + data.TotalPromotedSize1 + data.TotalPromotedSize2
            + data.TotalPromotedSize3 + data.TotalPromotedSize4);
    }

    private static bool IsForGc(GCSuspendEEReason reason) =>
        reason is GCSuspendEEReason.SuspendForGC or GCSuspendEEReason.SuspendForGCPrep;

    public static GcKind KindOf(GCType type) => type switch
    {
        GCType.BackgroundGC => GcKind.Background,
        GCType.ForegroundGC => GcKind.Foreground,
        _ => GcKind.Blocking,
    };

    private void OnGlobalHistory(GCGlobalHeapHistoryTraceData data) => _log.Measured(
        data.CondemnedGeneration,
        isConcurrent: data.GlobalMechanisms.HasFlag(GCGlobalMechanisms.Concurrent),
        isCompacting: data.GlobalMechanisms.HasFlag(GCGlobalMechanisms.Compaction));

    private void OnHeapHistory(GCPerHeapHistoryTraceData data)
    {
        if (!data.VersionRecognized)
            return;

        for (int generation = 0; generation < GcLog.Generations && generation < data.EntriesInGenData; generation++)
        {
            GCPerHeapHistoryGenData measure = data.GenData((Gens)generation);
            _log.HeapMeasured(generation, new GenerationMeasure(
                measure.SizeBefore, measure.SizeAfter, measure.FreeListSpaceBefore + measure.FreeObjSpaceBefore,
                measure.FreeListSpaceAfter, measure.FreeObjSpaceAfter));
        }
    }
}
