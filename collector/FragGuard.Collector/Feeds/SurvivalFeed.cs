using FragGuard.Collector.Heaps;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace FragGuard.Collector.Feeds;

/// <summary>What every GC left alive and where: regions of each generation, surviving and moved extents.</summary>
internal sealed class SurvivalFeed
{
    /// <summary>GCHeapSurvivalAndMovement.</summary>
    public const long Keywords = 0x400000;

    private const int ExtentBytes = 16;
    private const int MovedExtentBytes = 24;

    private readonly LargeObjectWatch _watch;

    public SurvivalFeed(ClrTraceEventParser runtime, LargeObjectWatch watch)
    {
        _watch = watch;
        runtime.GCStart += data => watch.Started(
            data.ThreadID, data.Count, data.Depth, GcFeed.KindOf(data.Type), data.TimeStampRelativeMSec);
        runtime.GCGlobalHeapHistory += data => watch.Measured(
            data.CondemnedGeneration, data.GlobalMechanisms.HasFlag(GCGlobalMechanisms.Concurrent));
        runtime.GCStop += data => watch.Stopped(data.ThreadID, data.Count, data.TimeStampRelativeMSec);
        runtime.GCGenerationRange += data => watch.Listed(data.ThreadID, new GenerationExtent(
            data.Generation, data.RangeStart, (ulong)data.RangeUsedLength, (ulong)data.RangeReservedLength));
        runtime.GCBulkSurvivingObjectRanges += OnSurviving;
        runtime.GCBulkMovedObjectRanges += OnMoved;
    }

    private void OnSurviving(GCBulkSurvivingObjectRangesTraceData data)
    {
        for (int i = 0; i < data.Count && (i + 1) * ExtentBytes <= data.EventDataLength; i++)
        {
            GCBulkSurvivingObjectRangesValues one = data.Values(i);
            _watch.Survived(data.ThreadID, new SurvivorExtent(one.RangeBase, one.RangeBase, (ulong)one.RangeLength));
        }
    }

    private void OnMoved(GCBulkMovedObjectRangesTraceData data)
    {
        for (int i = 0; i < data.Count && (i + 1) * MovedExtentBytes <= data.EventDataLength; i++)
        {
            GCBulkMovedObjectRangesValues one = data.Values(i);
            _watch.Survived(data.ThreadID, new SurvivorExtent(one.OldRangeBase, one.NewRangeBase, (ulong)one.RangeLength));
        }
    }
}
