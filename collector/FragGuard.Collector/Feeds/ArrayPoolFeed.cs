using System;
using System.Diagnostics.Tracing;
using FragGuard.Collector.Pools;
using FragGuard.Collector.Sites;
using Microsoft.Diagnostics.Tracing;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// What array pools do. Informational: misses, drops and trims. Verbose: every rent and return, two events per use.
/// Lengths are in elements; identities are hash codes.
/// </summary>
internal sealed class ArrayPoolFeed
{
    public const string Provider = "System.Buffers.ArrayPoolEventSource";

    private const int OverMaximumSize = 1;
    private static readonly Guid ProviderId = new("0866b2b8-5cef-5db9-2612-0c0ffd814a44");

    private readonly PoolLog _log;
    private readonly StackTable _stacks;

    public ArrayPoolFeed(TraceEventDispatcher source, PoolLog log, StackTable stacks)
    {
        _log = log;
        _stacks = stacks;
        source.AllEvents += OnEvent;
    }

    public static ProviderRequest Request(EventLevel level) => new(Provider, -1, level);

    private void OnEvent(TraceEvent data)
    {
        if (data.ProviderGuid != ProviderId)
            return;

        Payload payload = new(data);
        int buffer = payload.ReadInt32();
        int length = payload.ReadInt32();
        int pool = payload.ReadInt32();
        switch ((int)data.ID)
        {
            case 1:
                _log.Rented(buffer, length, pool, payload.ReadInt32(), _stacks.Intern(EventStack.Of(data)));
                break;
            case 2:
                _log.Allocated(length, pool, payload.ReadInt32(), (PoolAllocationReason)payload.ReadInt32());
                break;
            case 3:
                _log.Returned(buffer, length, pool);
                break;
            case 4:
                _log.Trimmed(length, pool);
                break;
            case 6:
                _log.Dropped(length, pool, payload.ReadInt32(), payload.ReadInt32() == OverMaximumSize);
                break;
        }
    }
}
