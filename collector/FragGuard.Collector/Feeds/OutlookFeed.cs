using FragGuard.Collector.Events;
using FragGuard.Collector.Forecasts;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// What a prediction of GCs is made from. To be added before the feeds that tell the heap of the outcome.
/// </summary>
internal sealed class OutlookFeed
{
    private readonly GcOutlook _outlook;

    public OutlookFeed(EventRouter router, GcOutlook outlook)
    {
        _outlook = outlook;
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcStart, OnStart);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GlobalHeapHistory, OnMeasured);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GcEnd, OnEnd);
        router.On(RuntimeEvents.Provider, RuntimeEvents.HeapStats, OnHeapStats);
        router.On(RuntimeEvents.Provider, RuntimeEvents.PinObjectAtGcTime, OnPin);
        router.On(RuntimeEvents.Provider, RuntimeEvents.GenerationRange, OnRange);
        router.On(RuntimeEvents.Provider, RuntimeEvents.SurvivingRanges, OnSurviving);
        router.On(RuntimeEvents.Provider, RuntimeEvents.MovedRanges, OnMoved);
    }

    private void OnStart(in RecordedEvent recorded)
    {
        GcStart start = GcStart.Read(recorded);
        _outlook.Started(recorded.Thread, start.Number, start.Generation, start.Kind, start.MustCompact);
    }

    private void OnMeasured(in RecordedEvent recorded) => _outlook.Measured(GcMechanisms.Read(recorded));

    private void OnEnd(in RecordedEvent recorded) => _outlook.Stopped(recorded.Fields.ReadInt32());

    private void OnHeapStats(in RecordedEvent recorded) => _outlook.PinsCounted(HeapSizes.Read(recorded).Pins);

    private void OnPin(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.ReadPointer();
        _outlook.Observed?.Pinned(fields.ReadPointer());
    }

    private void OnRange(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int generation = fields.ReadByte();
        ulong start = fields.ReadPointer();
        ulong used = (ulong)fields.ReadInt64();
        GenerationExtent region = new(generation, start, used, (ulong)fields.ReadInt64());
        if (region.IsPossible)
            _outlook.Listed(recorded.Thread, region);
    }

    private void OnSurviving(in RecordedEvent recorded)
    {
        if (recorded.PointerBytes != sizeof(ulong) || _outlook.Observed is not { } gc)
            return;
        Payload fields = SurvivalFeed.BulkOf(recorded, out int count);
        foreach (KeptExtent extent in SurvivalFeed.First<KeptExtent>(fields.Rest, count))
            gc.Survived(extent.Start, extent.Start, extent.Bytes);
    }

    private void OnMoved(in RecordedEvent recorded)
    {
        if (recorded.PointerBytes != sizeof(ulong) || _outlook.Observed is not { } gc)
            return;
        Payload fields = SurvivalFeed.BulkOf(recorded, out int count);
        foreach (SurvivorExtent extent in SurvivalFeed.First<SurvivorExtent>(fields.Rest, count))
            gc.Survived(extent.OldStart, extent.NewStart, extent.Bytes);
    }
}
