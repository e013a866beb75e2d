using FragGuard.Collector.Heaps;
using FragGuard.Collector.Sites;
using Microsoft.Diagnostics.Tracing.Parsers;
using Microsoft.Diagnostics.Tracing.Parsers.Clr;

namespace FragGuard.Collector.Feeds;

/// <summary>
/// Births of large objects, from the allocation tick (GC keyword at level Verbose). The sampled-allocation events of
/// runtime 10 are not used: they silence the tick, and find only about two thirds of the objects near 100 KiB.
/// </summary>
internal sealed class AllocationFeed
{
    private const int FirstVersionWithObjectSize = 4;

    private readonly LargeObjectLog _log;
    private readonly StackTable _stacks;

    public AllocationFeed(ClrTraceEventParser runtime, LargeObjectLog log, StackTable stacks)
    {
        _log = log;
        _stacks = stacks;
        runtime.GCAllocationTick += OnTick;
    }

    private void OnTick(GCAllocationTickTraceData data)
    {
        if (data.AllocationKind != GCAllocationKind.Large || data.Version < FirstVersionWithObjectSize)
            return;

        _log.Ticked(
            data.TimeStampRelativeMSec, data.Address, data.ObjectSize, data.AllocationAmount64, data.TypeName,
            _stacks.Intern(EventStack.Of(data)));
    }
}
