using System.Diagnostics.Tracing;
using FragGuard.Collector.Events;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// What array pools do. Informational: misses, drops and trims. Verbose: every rent and return, two events per use.
/// Lengths are in elements; identities are hash codes.
/// </summary>
internal sealed class ArrayPoolFeed
{
    public const string Provider = "System.Buffers.ArrayPoolEventSource";

    private const int OverMaximumSize = 1;

    private readonly PoolLog _log;
    private readonly StackTable _stacks;
    private readonly ArrayBirths _births;

    public ArrayPoolFeed(EventRouter router, PoolLog log, StackTable stacks, ArrayBirths births)
    {
        _log = log;
        _stacks = stacks;
        _births = births;
        router.On(Provider, 1, OnRented);
        router.On(Provider, 2, OnAllocated);
        router.On(Provider, 3, OnReturned);
        router.On(Provider, 4, OnTrimmed);
        router.On(Provider, 6, OnDropped);
    }

    public static ProviderRequest Request(EventLevel level) => new(Provider, -1, level);

    private void OnRented(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int buffer = fields.ReadInt32();
        int length = fields.ReadInt32();
        int pool = fields.ReadInt32();
        _log.Rented(recorded.TimeMs, buffer, length, pool, fields.ReadInt32(), _stacks.Intern(recorded));
    }

    private void OnAllocated(in RecordedEvent recorded)
    {
        Payload fields = AfterBuffer(recorded);
        int length = fields.ReadInt32();
        int pool = fields.ReadInt32();
        int bucket = fields.ReadInt32();
        PoolAllocationReason reason = (PoolAllocationReason)fields.ReadInt32();
        ArrayBirth? birth = _births.TryTake(recorded.Thread, out ArrayBirth array) ? array : null;
        _log.Allocated(length, pool, bucket, reason, _stacks.Intern(recorded), birth);
    }

    private void OnReturned(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        int buffer = fields.ReadInt32();
        int length = fields.ReadInt32();
        _log.Returned(recorded.TimeMs, recorded.Thread, buffer, length, fields.ReadInt32(), _stacks.Intern(recorded));
    }

    private void OnTrimmed(in RecordedEvent recorded)
    {
        Payload fields = AfterBuffer(recorded);
        int length = fields.ReadInt32();
        _log.Trimmed(length, fields.ReadInt32());
    }

    private void OnDropped(in RecordedEvent recorded)
    {
        Payload fields = AfterBuffer(recorded);
        int length = fields.ReadInt32();
        int pool = fields.ReadInt32();
        _log.Dropped(length, pool, fields.ReadInt32(), fields.ReadInt32() == OverMaximumSize);
    }

    private static Payload AfterBuffer(in RecordedEvent recorded)
    {
        Payload fields = recorded.Fields;
        fields.Skip(sizeof(int));
        return fields;
    }
}
