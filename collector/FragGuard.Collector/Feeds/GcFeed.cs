using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Feeds;

/// <summary>GCs: when, why, how long, and what each generation measured before and after.</summary>
internal sealed class GcFeed
{
    /// <summary>GC.</summary>
    public const long Keywords = 0x1;

    private const int SuspendForGc = 1;
    private const int SuspendForGcPreparation = 6;
    private const int FirstHistoryVersionRead = 3;
    private const int MeasurePointers = 10;

    private readonly GcLog _log;

    public GcFeed(EventRouter router, GcLog log)
    {
        _log = log;
        router.On(RuntimeEvents.Provider, RuntimeEvents.SuspendBegin, OnSuspend);
        router.On(RuntimeEvents.Provider, RuntimeEvents.RestartEnd, OnResumed);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcStart, OnStart);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcEnd, OnEnd);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GlobalHeapHistory, OnGlobalHistory);
        router.On(RuntimeEvents.Provider, RuntimeEvents.PerHeapHistory, OnHeapHistory);
        router.On(RuntimeEvents.Provider, RuntimeEvents.HeapStats, OnHeapStats);
    }

    private void OnSuspend(in RecordedEvent recorded) => _log.Suspended(
        recorded.TimeMs, recorded.Fields.ReadInt32() is SuspendForGc or SuspendForGcPreparation);

    private void OnResumed(in RecordedEvent recorded) => _log.Resumed(recorded.TimeMs);

    private void OnStart(in RecordedEvent recorded)
    {
        GcStart start = GcStart.Read(recorded);
        _log.Started(start.Number, start.Generation, start.Kind, start.Reason, recorded.TimeMs);
    }

    private void OnEnd(in RecordedEvent recorded) =>
        _log.Stopped(recorded.Thread, recorded.Fields.ReadInt32(), recorded.TimeMs);

    private void OnGlobalHistory(in RecordedEvent recorded)
    {
        GcMechanisms measured = GcMechanisms.Read(recorded);
        _log.Measured(recorded.Thread, measured.Generation, measured.IsConcurrent, measured.IsCompacting);
    }

    private void OnHeapHistory(in RecordedEvent recorded)
    {
        if (recorded.Version < FirstHistoryVersionRead)
            return;

        int pointer = recorded.PointerBytes;
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(ushort) + (6 * pointer) + (6 * sizeof(int)) + pointer);
        int generations = fields.ReadInt32();
        for (int generation = 0; generation < GcLog.Generations && generation < generations; generation++)
        {
            if (fields.RestBytes < MeasurePointers * pointer)
                return;

            _log.HeapMeasured(recorded.Thread, generation, ReadMeasure(ref fields));
            fields.Skip(4 * pointer);
        }
    }

    private static GenerationMeasure ReadMeasure(ref Payload fields)
    {
        long sizeBefore = (long)fields.ReadPointer();
        long freeListBefore = (long)fields.ReadPointer();
        long freeObjectsBefore = (long)fields.ReadPointer();
        long sizeAfter = (long)fields.ReadPointer();
        long freeListAfter = (long)fields.ReadPointer();
        return new GenerationMeasure(
            sizeBefore, sizeAfter, freeListBefore + freeObjectsBefore, freeListAfter, (long)fields.ReadPointer());
    }

    private void OnHeapStats(in RecordedEvent recorded) =>
        _log.Promoted(recorded.Thread, HeapSizes.Read(recorded).PromotedBytes);
}
