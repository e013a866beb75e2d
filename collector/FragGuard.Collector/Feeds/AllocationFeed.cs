using FragGuard.Collector.Events;
using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Births of large objects, from the allocation tick (GC keyword at level Verbose). The sampled-allocation events of
/// runtime 10 are not used: they silence the tick, and find only about two thirds of the objects near 100 KiB.
/// </summary>
internal sealed class AllocationFeed
{
    private const int Large = 1;
    private const int FirstVersionWithObjectSize = 4;

    private readonly LargeObjectLog _log;
    private readonly StackTable _stacks;

    public AllocationFeed(EventRouter router, LargeObjectLog log, StackTable stacks)
    {
        _log = log;
        _stacks = stacks;
        router.On(RuntimeEvents.Provider, RuntimeEvents.AllocationTick, OnTick);
    }

    private void OnTick(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int));
        int kind = fields.ReadInt32();
        if (kind != Large || recorded.Version < FirstVersionWithObjectSize)
            return;

        fields.Skip(sizeof(ushort));
        long tickBytes = fields.ReadInt64();
        fields.ReadPointer();
        string type = fields.ReadText();
        fields.Skip(sizeof(int));
        ulong address = fields.ReadPointer();
        long bytes = fields.ReadInt64();
        _log.Ticked(recorded.TimeMs, address, bytes, tickBytes, type, _stacks.Intern(recorded));
    }
}
