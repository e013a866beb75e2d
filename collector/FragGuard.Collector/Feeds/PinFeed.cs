using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;

namespace FragGuard.Collector.Feeds;

/// <summary>Objects that a GC finds pinned (GC keyword at level Verbose), by handles and by stacks alike.</summary>
internal sealed class PinFeed
{
    private readonly PinLog _log;
    private string _lastType = "";

    public PinFeed(EventRouter router, PinLog log)
    {
        _log = log;
        router.On(RuntimeEvents.Provider, RuntimeEvents.PinObjectAtGcTime, OnPin);
    }

    private void OnPin(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.ReadPointer();
        ulong address = fields.ReadPointer();
        long bytes = fields.ReadInt64();
        _lastType = fields.ReadText(_lastType);
        _log.Pinned(address, bytes, _lastType);
    }
}
